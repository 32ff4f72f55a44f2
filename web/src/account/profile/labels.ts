import type { TextKey } from '../../i18n.ts'
import type { ValueName } from './values.ts'

/** What each field is called, in the order of the page. */
export const LABELS = {
  displayName: 'profile:names.displayName',
  givenName: 'profile:names.givenName',
  middleName: 'profile:names.middleName',
  familyName: 'profile:names.familyName',
  nickname: 'profile:names.nickname',
  birthDay: 'profile:about.day',
  birthMonth: 'profile:about.month',
  birthYear: 'profile:about.birthdate',
  gender: 'profile:about.gender',
  zoneinfo: 'profile:about.zoneinfo',
  website: 'profile:about.website',
  profile: 'profile:about.profile',
  streetAddress: 'profile:address.streetAddress',
  postalCode: 'profile:address.postalCode',
  locality: 'profile:address.locality',
  region: 'profile:address.region',
  country: 'profile:address.country',
} as const satisfies Record<ValueName, TextKey>
