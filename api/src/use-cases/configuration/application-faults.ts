import type { ApplicationConfiguration } from '@vestibule/shared/configuration-application.ts'
import { type KeyFault, readPublicKey } from '../../crypto/public-key.ts'
import { type Application, isConfidential, isFirstParty } from '../../domain/application.ts'
import { isLoopback } from '../../domain/loopback.ts'
import { isUsableRedirect } from '../../domain/redirect-uri.ts'
import { settingsInForce } from '../../domain/security-profile.ts'
import type { Fault } from './fault.ts'
import { profileFaults } from './profile-faults.ts'

type Resulting = Pick<Application, 'type' | 'settings' | 'grantTypes' | 'redirectUris' | 'postLogoutRedirectUris'>

/** What is wrong with an application as it would become, with the place in the file that can mend it. */
export function faultsOfApplication(path: string, wanted: ApplicationConfiguration, stored: Resulting): Fault[] {
  const isPublic = !isConfidential(stored)
  // no profile makes an application confidential
  const application = isPublic ? stored : { ...stored, settings: settingsInForce(stored.settings) }
  const { type, settings } = application
  const faults = profileFaults(path, wanted, stored)
  if (isPublic && wanted.secretSha256)
    faults.push({
      path: `${path}.secretSha256`,
      message: `is for web and api: a ${type} application can not keep a secret.`,
    })
  if (isPublic !== (settings.authenticationMethod === 'none'))
    faults.push({
      path: `${path}.settings.authenticationMethod`,
      message: isPublic
        ? `must be none: a ${type} application can not keep a secret.`
        : `must not be none for a ${type} application.`,
    })

  for (const member of ['redirectUris', 'postLogoutRedirectUris'] as const)
    for (const [index, uri] of application[member].entries())
      if (!isUsableRedirect(uri, application))
        faults.push({ path: `${path}.${member}[${index}]`, message: expected(application) })
  for (const [index, origin] of settings.additionalOrigins.entries())
    if (origin.startsWith('http:') && !settings.development)
      faults.push({
        path: `${path}.settings.additionalOrigins[${index}]`,
        message: 'must be https, or settings.development true.',
      })
  faults.push(...keyFaults(path, application))
  if (isPublic && application.grantTypes.includes('client_credentials'))
    faults.push({
      path: `${path}.grantTypes`,
      message: `must not have client_credentials: a ${type} application proves nothing.`,
    })
  if (type !== 'api' && settings.resources.length > 0)
    faults.push({ path: `${path}.settings.resources`, message: 'is for api: others are no resource.' })
  if (settings.schemesWithoutDot && type !== 'native')
    faults.push({ path: `${path}.settings.schemesWithoutDot`, message: 'is for native: others come back by https.' })
  if (settings.skipNativeSuccessPage && type !== 'native')
    faults.push({
      path: `${path}.settings.skipNativeSuccessPage`,
      message: 'is for native: others leave the browser on a page of their own.',
    })
  if (settings.firstParty && !isFirstParty(application))
    faults.push({
      path: `${path}.settings.firstParty`,
      message: `is for native and web: a ${type} application signs nobody in, or has a browser that does.`,
    })
  faults.push(...logoutFaults(path, settings))
  return faults
}

/** Where a sign-out is told: https, and on this machine http while developing (OpenID Connect Back-Channel Logout 2.2). */
function logoutFaults(path: string, settings: Resulting['settings']): Fault[] {
  const message = 'must be https, or http on this machine with settings.development; without fragment and user name.'
  return LOGOUT_URIS.flatMap((member) => {
    const uri = settings[member]
    return uri === null || isToldAt(new URL(uri), settings) ? [] : [{ path: `${path}.settings.${member}`, message }]
  })
}

function isToldAt({ protocol, hostname, hash, username, password }: URL, { development }: Resulting['settings']) {
  const isSafe = protocol === 'https:' || (development && isLoopback(hostname))
  return isSafe && hash === '' && username === '' && password === ''
}
const LOGOUT_URIS = ['backchannelLogoutUri', 'frontchannelLogoutUri'] as const

const expected = ({ type }: Resulting): string =>
  type === 'native'
    ? 'must be https, http on this machine, or a scheme with a dot; without fragment, user name and wildcard.'
    : 'must be https, or http with settings.development; without fragment, user name and wildcard.'

export const KEY_FAULT: Record<KeyFault, string> = {
  private: 'is a private key: only the public half belongs here.',
  symmetric: 'is a symmetric key: both sides would have it.',
  weak: 'must have 2048 bits or more.',
  invalid: 'must be an RSA, P-256 or Ed25519 key that verifies signatures.',
}

/** What private_key_jwt needs: keys here, or where they are (OpenID Connect Registration 2), and none that proves nothing. */
function keyFaults(path: string, { settings: { authenticationMethod, jwks, jwksUri } }: Resulting): Fault[] {
  if (jwks !== null && jwksUri !== null)
    return [{ path: `${path}.settings.jwksUri`, message: 'must not stand beside jwks: null takes one of them away.' }]
  if (authenticationMethod === 'private_key_jwt' && jwks === null && jwksUri === null)
    return [{ path: `${path}.settings.authenticationMethod`, message: 'needs settings.jwks or settings.jwksUri.' }]
  const keys = (jwks?.keys ?? []).map(readPublicKey)
  return keys.flatMap((key, index) => {
    const at = `${path}.settings.jwks.keys[${index}]`
    if (typeof key === 'string') return [{ path: at, message: KEY_FAULT[key] }]
    const isTwice =
      key.kid !== null && keys.slice(0, index).some((other) => typeof other !== 'string' && other.kid === key.kid)
    return isTwice ? [{ path: at, message: 'has the kid of another one.' }] : []
  })
}
