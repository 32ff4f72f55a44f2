import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { CredentialId, UserId } from '../../domain/ids.ts'
import { WEBAUTHN_TYPES, type WebauthnCredential, type WebauthnType } from '../../domain/webauthn.ts'
import type { Database, Executor } from '../database.ts'

/** A credential with the user handle of its owner. */
export type OwnedCredential = WebauthnCredential & { userHandle: string | null }

/** Passkeys and security keys: a credential each, with what authenticators know about it. */
export function webauthnCredentialRepository(db: Database) {
  const { webauthnCredentials: keys, credentials, users } = db.tables
  const isOwn = (id: CredentialId, userId: UserId) =>
    and(eq(credentials.id, id), eq(credentials.userId, userId), inArray(credentials.type, [...WEBAUTHN_TYPES]))
  const select = (on: Executor) =>
    on
      .select({ key: keys, credential: credentials, userHandle: users.webauthnHandle })
      .from(keys)
      .innerJoin(credentials, eq(credentials.id, keys.id))
      .innerJoin(users, eq(users.id, credentials.userId))
  return {
    /** False when anybody has a credential of this id already: theirs stays as it is. */
    async create(tx: Executor, row: WebauthnCredential): Promise<boolean> {
      const { id, userId, type, label, createdAt, lastUsedAt, ...key } = row
      const credential = { id, userId, type, label, secret: '', createdAt, changedAt: createdAt, lastUsedAt }
      await tx.insert(credentials).values(credential)
      const kept = await tx
        .insert(keys)
        .values({ id, ...key })
        .onConflictDoNothing()
        .returning({ id: keys.id })
      if (kept.length === 0) await tx.delete(credentials).where(eq(credentials.id, id))
      return kept.length === 1
    },
    /** Whose it is, by the id that its authenticator gave it. */
    async find(credentialId: string, tx?: Executor): Promise<OwnedCredential | null> {
      const [row] = await select(tx ?? db.query).where(eq(keys.credentialId, credentialId))
      return row ? credentialOf(row) : null
    },
    /** Oldest first. */
    async listOfUser(userId: UserId, tx?: Executor): Promise<OwnedCredential[]> {
      const rows = await select(tx ?? db.query)
        .where(eq(credentials.userId, userId))
        .orderBy(asc(credentials.createdAt), asc(credentials.id))
      return rows.map(credentialOf)
    },
    /** It proved itself. False when it is gone, or when another use of it was counted meanwhile. */
    async markUsed(
      tx: Executor,
      { id, counter }: Pick<WebauthnCredential, 'id' | 'counter'>,
      after: { counter: number; isBackedUp: boolean; now: number },
    ): Promise<boolean> {
      const rows = await tx
        .update(keys)
        .set({ counter: after.counter, isBackedUp: after.isBackedUp })
        .where(and(eq(keys.id, id), eq(keys.counter, counter)))
        .returning({ id: keys.id })
      if (rows.length === 1) await tx.update(credentials).set({ lastUsedAt: after.now }).where(eq(credentials.id, id))
      return rows.length === 1
    },
    async rename(tx: Executor, id: CredentialId, userId: UserId, label: string | null): Promise<boolean> {
      const rows = await tx
        .update(credentials)
        .set({ label })
        .where(isOwn(id, userId))
        .returning({ id: credentials.id })
      return rows.length === 1
    },
    /** What was removed, or null. */
    async remove(tx: Executor, id: CredentialId, userId: UserId): Promise<{ type: WebauthnType } | null> {
      const [row] = await tx.delete(credentials).where(isOwn(id, userId)).returning({ type: credentials.type })
      return row ? { type: row.type as WebauthnType } : null
    },
    /** Security keys stay: none of them opens anything by itself. */
    async removePasskeys(tx: Executor, userId: UserId) {
      await tx.delete(credentials).where(and(eq(credentials.userId, userId), eq(credentials.type, 'passkey')))
    },
    /** The user handle of somebody: this one, unless there is one already. It never changes. */
    async handleOf(tx: Executor, userId: UserId, made: string): Promise<string> {
      await tx
        .update(users)
        .set({ webauthnHandle: made })
        .where(and(eq(users.id, userId), isNull(users.webauthnHandle)))
      const [row] = await tx.select({ handle: users.webauthnHandle }).from(users).where(eq(users.id, userId))
      if (!row?.handle) throw new Error('a user handle for nobody')
      return row.handle
    },
  }
}

type Row = {
  key: Database['tables']['webauthnCredentials']['$inferSelect']
  credential: Pick<
    Database['tables']['credentials']['$inferSelect'],
    'userId' | 'type' | 'label' | 'createdAt' | 'lastUsedAt'
  >
  userHandle: string | null
}

function credentialOf({ key, credential, userHandle }: Row): OwnedCredential {
  const { userId, type, label, createdAt, lastUsedAt } = credential
  return { ...key, userId, type: type as WebauthnType, label, createdAt, lastUsedAt, userHandle }
}
