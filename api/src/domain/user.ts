/** Everything OpenID Connect Core 5.1 says about a person; what is not known is absent. */
export type Profile = {
  givenName?: string
  familyName?: string
  middleName?: string
  nickname?: string
  preferredUsername?: string
  profile?: string
  picture?: string
  website?: string
  gender?: string
  /** `YYYY-MM-DD`, `0000-MM-DD` or `YYYY`. */
  birthdate?: string
  zoneinfo?: string
  /** BCP 47; also the language of mails and pages. */
  locale?: string
  address?: Address
}

export type Address = {
  formatted?: string
  streetAddress?: string
  locality?: string
  region?: string
  postalCode?: string
  country?: string
}

export type UserState = 'active' | 'locked' | 'deactivated'
