import { and, eq, gt, isNull, lt } from 'drizzle-orm'
import type { ApplicationId } from '../../domain/ids.ts'
import type { Database, Executor } from '../database.ts'
import { bound, given } from '../placeholder.ts'
import { deleteBatch } from './delete-batch.ts'

export type AuthorizationCode = Database['tables']['authorizationCodes']['$inferSelect']

export function authorizationCodeRepository(db: Database) {
  const { authorizationCodes } = db.tables

  const insert = db.statement('authorization_code_insert', (on) =>
    on.insert(authorizationCodes).values({
      codeHash: given('codeHash'),
      grantId: given('grantId'),
      applicationId: given('applicationId'),
      issuer: given('issuer'),
      redirectUri: given('redirectUri'),
      codeChallenge: given('codeChallenge'),
      nonce: given('nonce'),
      dpopJkt: given('dpopJkt'),
      expiresAt: given('expiresAt'),
    }),
  )
  const ofClient = and(
    eq(authorizationCodes.codeHash, bound('codeHash', authorizationCodes.codeHash)),
    eq(authorizationCodes.applicationId, bound('applicationId', authorizationCodes.applicationId)),
    eq(authorizationCodes.issuer, bound('issuer', authorizationCodes.issuer)),
  )
  const consume = db.statement('authorization_code_consume', (on) =>
    on
      .update(authorizationCodes)
      .set({ consumedAt: given('now') })
      .where(
        and(
          ofClient,
          isNull(authorizationCodes.consumedAt),
          gt(authorizationCodes.expiresAt, bound('now', authorizationCodes.expiresAt)),
        ),
      )
      .returning(),
  )
  const find = db.statement('authorization_code_find', (on) => on.select().from(authorizationCodes).where(ofClient))

  return {
    async create(tx: Executor, row: Omit<AuthorizationCode, 'consumedAt'>) {
      await insert(row, tx)
    },
    /** Exactly one caller, the client it was issued to, gets the row. */
    async consume(
      tx: Executor,
      key: { codeHash: string; applicationId: ApplicationId; issuer: string; now: number },
    ): Promise<AuthorizationCode | null> {
      return (await consume(key, tx))[0] ?? null
    },
    async find(tx: Executor, key: { codeHash: string; applicationId: ApplicationId; issuer: string }) {
      return (await find(key, tx))[0] ?? null
    },
    deleteExpiredBefore(tx: Executor, before: number, most: number): Promise<number> {
      return deleteBatch(tx, authorizationCodes.codeHash, lt(authorizationCodes.expiresAt, before), most)
    },
  }
}
