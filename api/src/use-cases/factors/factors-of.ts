import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { isNamed, SENT_CODES } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import { modelOf } from '../../domain/authenticator-models.ts'
import { enrollable } from '../../domain/login/second-factor.ts'
import { whatIf } from '../../domain/login/ways-in.ts'
import { isSecondFactor } from '../../domain/session.ts'
import { faceOf } from '../face.ts'
import type { AccountActor } from '../me/current-account.ts'
import { totpSetupOf } from './enroll-totp.ts'
import { sentCodeViews } from './sent-codes.ts'

/** Where something is set up on the account pages. */
export const placeOf = ({ login }: AccountActor) =>
  ({ flow: login.sessionId, userId: login.userId, use: 'enroll' }) as const

/** The second factors of whoever is signed in, and what would be left if a thing were lost. */
export async function factorsOf(deps: Deps, actor: AccountActor, tx?: Executor): Promise<OwnFactors> {
  const { account, login } = actor
  const { secondFactors } = account.policy
  const held = await heldBy(deps, actor, tx)
  const counting = held.filter(({ type }) => secondFactors.includes(type))
  const left = await deps.repositories.recoveryCodes.countLeft(login.userId, tx)
  const { branding } = await faceOf(deps, account.user.organizationId, tx)
  const available = enrollable(account).filter((type) => isNamed(type) || !held.some((one) => one.type === type))
  const names = { issuer: branding.name, account: account.loginName }
  return {
    factors: held.map(({ createdAt, lastUsedAt, ...rest }) => ({
      ...rest,
      createdAt: new Date(createdAt).toISOString(),
      lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
      isAllowed: secondFactors.includes(rest.type),
      isRemovable: mayGo(account, counting.filter(({ id }) => id !== rest.id).length),
    })),
    available,
    codes: await sentCodeViews(
      deps,
      placeOf(actor),
      SENT_CODES.filter((code) => available.includes(code)),
      tx,
    ),
    recoveryCodes: secondFactors.includes('recovery_code') ? { left } : null,
    totp: await totpSetupOf(deps, placeOf(actor), names, tx),
    whatIf: whatIf(account, deps.clock.now()),
  }
}

/** Everything but recovery codes, with the models of keys. */
async function heldBy({ repositories }: Deps, { login, account }: AccountActor, tx?: Executor) {
  const rows = await repositories.credentials.listOfUser(login.userId, tx)
  const hasKeys = account.factors.securityKeys > 0
  const keys = hasKeys ? await repositories.webauthnCredentials.listOfUser(login.userId, tx) : []
  const models = new Map(keys.map(({ id, aaguid }) => [id, modelOf(aaguid)]))
  return rows.flatMap(({ type, ...rest }) =>
    isSecondFactor(type) && type !== 'recovery_code' ? [{ ...rest, type, model: models.get(rest.id) ?? null }] : [],
  )
}

/** Where everybody has to have a second factor, the last one that counts stays: a password alone could set up another. */
const mayGo = ({ policy, factors }: AccountActor['account'], others: number): boolean =>
  policy.forceSecondFactor === 'never' || others > 0 || (policy.allowPasskey && factors.passkeys > 0)
