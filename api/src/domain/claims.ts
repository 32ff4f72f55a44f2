import type { Address, Profile } from './user.ts'

/** The `claims` parameter (OpenID Connect Core 5.5), reduced to what it may ask for: names of claims per place. */
export type ClaimsRequest = { userinfo: string[]; idToken: string[] }

const SCOPE_CLAIMS = {
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
} as const satisfies Record<string, readonly string[]>

type ClaimScope = keyof typeof SCOPE_CLAIMS
export const CLAIM_NAMES: readonly string[] = Object.values(SCOPE_CLAIMS).flat()
export const SCOPES = ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'] as const

export type ClaimSource = {
  displayName: string
  profile: Profile
  /** Milliseconds; on the wire seconds. */
  updatedAt: number
  loginName: string | null
  email: { value: string; verified: boolean } | null
  phone: { value: string; verified: boolean } | null
}

/** The names that these scopes bring, with those asked for singly. */
export function claimNames(scopes: readonly string[], single: readonly string[]): Set<string> {
  const names = new Set<string>()
  for (const scope of scopes)
    if (Object.hasOwn(SCOPE_CLAIMS, scope)) for (const name of SCOPE_CLAIMS[scope as ClaimScope]) names.add(name)
  for (const name of single) if (CLAIM_NAMES.includes(name)) names.add(name)
  return names
}

/** Values of the named claims (OpenID Connect Core 5.1). What is absent is left out: no null, no empty string. */
export function claimValues(names: ReadonlySet<string>, source: ClaimSource): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const name of names) {
    const value = CLAIM_VALUE[name]?.(source)
    if (value !== undefined && value !== '') values[name] = value
  }
  return values
}

const fromProfile = (key: Exclude<keyof Profile, 'address'>) => (source: ClaimSource) => source.profile[key]

const CLAIM_VALUE: Record<string, (source: ClaimSource) => unknown> = {
  name: (source) => source.displayName,
  family_name: fromProfile('familyName'),
  given_name: fromProfile('givenName'),
  middle_name: fromProfile('middleName'),
  nickname: fromProfile('nickname'),
  preferred_username: (source) => source.profile.preferredUsername ?? source.loginName ?? undefined,
  profile: fromProfile('profile'),
  picture: fromProfile('picture'),
  website: fromProfile('website'),
  gender: fromProfile('gender'),
  birthdate: fromProfile('birthdate'),
  zoneinfo: fromProfile('zoneinfo'),
  locale: fromProfile('locale'),
  updated_at: (source) => Math.floor(source.updatedAt / 1000),
  email: (source) => source.email?.value,
  email_verified: (source) => source.email?.verified,
  phone_number: (source) => source.phone?.value,
  phone_number_verified: (source) => source.phone?.verified,
  address: (source) => addressClaim(source.profile.address),
}

function addressClaim(address: Address | undefined) {
  if (!address) return undefined
  const members = {
    formatted: address.formatted,
    street_address: address.streetAddress,
    locality: address.locality,
    region: address.region,
    postal_code: address.postalCode,
    country: address.country,
  }
  const present = Object.entries(members).filter(([, value]) => value !== undefined && value !== '')
  return present.length > 0 ? Object.fromEntries(present) : undefined
}
