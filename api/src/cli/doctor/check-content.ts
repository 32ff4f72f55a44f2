import { max } from 'drizzle-orm'
import type { Deps } from '../../deps.ts'
import { loginOrigin } from '../../domain/login-domain.ts'
import { isUsableRedirect } from '../../domain/redirect-uri.ts'
import { findBrokenChains } from '../../jobs/seal-events.ts'
import { type Finding, fault, ok, warning } from './finding.ts'

export async function checkDefault({ repositories }: Deps): Promise<Finding> {
  const organization = await repositories.organizations.findDefault()
  if (!organization)
    return warning('organizations: there is no default yet; the first start or `vestibule apply` makes one')
  if (organization.state !== 'active')
    return fault(`organizations: the default one, ${organization.primaryDomain}, is deactivated`)
  return ok(`organizations: the default is ${organization.primaryDomain}`)
}

/** Login domains that were given when the public address was another. */
export async function checkLoginDomains({ repositories, settings }: Deps): Promise<Finding[]> {
  const domains = await repositories.organizations.listLoginDomains(10_000)
  const lost = domains.filter((domain) => loginOrigin(domain, settings.publicOrigin) === null)
  return lost.map((domain) =>
    warning(
      `organizations: nobody is answered at ${domain}, which can be no login domain beside ${settings.publicOrigin}`,
    ),
  )
}

/** Applications that are still being developed, and redirect URIs that are registered but refused. */
export async function checkApplications({ repositories }: Deps): Promise<Finding[]> {
  const applications = await repositories.applications.listActive()
  const findings = applications.flatMap((application) => {
    const { clientId, redirectUris, postLogoutRedirectUris, settings } = application
    const uris = [...redirectUris, ...postLogoutRedirectUris]
    const refused = uris.filter((uri) => !isUsableRedirect(uri, application)).map((uri) => JSON.stringify(uri))
    return [
      ...(settings.development
        ? [warning(`applications: ${clientId} is in development, so http redirect URIs are allowed`)]
        : []),
      ...(refused.length > 0
        ? [fault(`applications: ${clientId} has redirect URIs that are refused: ${refused.join(', ')}`)]
        : []),
    ]
  })
  return findings.length > 0 ? findings : [ok(`applications: ${applications.length} active`)]
}

export async function checkEvents(deps: Deps): Promise<Finding[]> {
  const broken = await findBrokenChains(deps)
  if (broken.length === 0) return [ok('events: every chain is intact')]
  return broken.map(({ organizationId, sequence }) =>
    fault(`events: the chain of ${organizationId} was changed at ${sequence} or before`),
  )
}

/** No clock is right before this was written. */
const EARLIEST = Date.UTC(2026, 0, 1)
/** What two machines may differ by, in milliseconds. */
const LEEWAY = 60_000

/** A clock that went back makes what is expired live again. */
export async function checkClock({ clock, db }: Deps): Promise<Finding> {
  const now = clock.now()
  const says = new Date(now).toISOString()
  const [newest] = await db.query.select({ at: max(db.tables.events.at) }).from(db.tables.events)
  if (now < EARLIEST) return fault(`clock: it says ${says}`)
  if ((newest?.at ?? 0) > now + LEEWAY) return fault(`clock: it says ${says}, and the newest event is from later`)
  return ok(`clock: it says ${says}`)
}
