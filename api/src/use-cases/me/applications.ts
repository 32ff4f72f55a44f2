import type { OwnApplication } from '@vestibule/shared/contract/applications.ts'
import type { Deps, Executor } from '../../deps.ts'
import { isId } from '../../domain/ids.ts'
import { initiateLogin } from '../../domain/initiate-login.ts'
import { Problem } from '../../domain/problem.ts'
import { readableScopes } from '../../domain/reserved-scopes.ts'
import { webLink } from '../../domain/web-link.ts'
import { recordEvent } from '../record-event.ts'
import { type AccountActor, type AccountHandle, currentAccount } from './current-account.ts'

/** What may use this account: applications the person agreed to, and those that hold something alive. The latest used first. */
export const listApplications = (deps: Deps, actor: AccountActor): Promise<OwnApplication[]> => listOf(deps, actor)

type Whose = Pick<AccountActor, 'login' | 'account'>

async function listOf(deps: Deps, { login, account }: Whose, tx?: Executor): Promise<OwnApplication[]> {
  const { applications, consents, grants } = deps.repositories
  const { userId } = login
  const agreed = await consents.listOfUser(userId, tx)
  const uses = await grants.listUses(userId, deps.clock.now(), tx)
  const ids = new Set([...agreed, ...uses].map(({ applicationId }) => applicationId))
  const known = await applications.listKnown([...ids], tx)
  return known
    .map((application) => {
      const consent = agreed.find(({ applicationId }) => applicationId === application.id)
      const use = uses.find(({ applicationId }) => applicationId === application.id)
      const { id, name, organizationName: organization, settings } = application
      const scopes = [...(consent?.scopes ?? []), ...(use?.scopes ?? [])]
      const since = Math.min(consent?.grantedAt ?? Number.POSITIVE_INFINITY, use?.first ?? Number.POSITIVE_INFINITY)
      return {
        id,
        name,
        organization,
        privacy: webLink(settings.privacyUri),
        terms: webLink(settings.termsUri),
        // what `preferred_username` told it, it may be told again
        open: initiateLogin(application, {
          issuer: deps.settings.issuer,
          loginHint: scopes.includes('profile') ? account.loginName : null,
        }),
        scopes: readableScopes(scopes),
        since: new Date(since).toISOString(),
        lastUsedAt: use ? new Date(use.last).toISOString() : null,
      }
    })
    .toSorted((a, b) => (b.lastUsedAt ?? b.since).localeCompare(a.lastUsedAt ?? a.since))
}

/**
 * Takes back from one application what the person agreed to, and ends everything it holds of them. Their sessions stay.
 * @throws Problem unauthenticated, account_changed, not_found
 */
export function revokeApplication(deps: Deps, handle: AccountHandle, application: string): Promise<OwnApplication[]> {
  const { repositories, clock, db } = deps
  return db.transaction(async (tx) => {
    const actor = await currentAccount(deps, handle, tx)
    const { userId, organizationId } = actor.login
    if (!isId('app', application)) throw new Problem('not_found')
    const wasAgreed = await repositories.consents.revoke(tx, userId, application)
    const ended = await repositories.grants.revokeOfApplication(tx, userId, application, clock.now())
    if (!wasAgreed && ended === 0) throw new Problem('not_found')
    await recordEvent(deps, tx, { type: 'grant.revoked', organizationId, actor: userId, target: application })
    return listOf(deps, actor, tx)
  })
}
