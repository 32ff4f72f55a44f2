import { z } from 'zod'
import { line, text, webAddress } from './configuration-text.ts'
import { personName } from './names.ts'

const PLACE = {
  locality: line('city'),
  region: line('state, province or region'),
  postalCode: line('postal code', 40),
  country: line('country'),
}
const addressSchema = z
  .strictObject({
    // an address may have several lines (OpenID Connect Core 5.1.1)
    formatted: z.string().max(1000),
    streetAddress: z.string().max(500),
    ...PLACE,
  })
  .partial()

const BIRTHDATE = /^\d{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/

/** Every standard claim of OpenID Connect Core 5.1 that is not an identifier. */
export const PROFILE_SHAPE = {
  givenName: personName('given name'),
  familyName: personName('family name'),
  middleName: personName('middle name'),
  nickname: personName('nickname'),
  preferredUsername: line('a name to be shown, unique to nobody'),
  profile: webAddress('an http or https address', /^https?$/),
  picture: webAddress('an http or https address', /^https?$/),
  website: webAddress('an http or https address', /^https?$/),
  gender: line('gender', 40),
  birthdate: text('YYYY-MM-DD, 0000-MM-DD or YYYY', BIRTHDATE, 10),
  zoneinfo: text('a time zone, like Europe/Berlin', /^[A-Za-z0-9_+/-]+$/, 64),
  locale: text('a language tag, like de or pt-BR', /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 35),
  address: addressSchema,
}

/** What turns the direction of the text around it (Unicode Bidirectional Algorithm): a name that holds it could pretend to be another text. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/u
const own = <Schema extends z.ZodType<string>>(schema: Schema) => schema.refine((value) => !TURNS.test(value))

/** A day that the calendar has; without its year, or the year alone, when a person says no more (OpenID Connect Core 5.1). */
export function isBirthdate(value: string): boolean {
  if (!BIRTHDATE.test(value)) return false
  const [year = '', month, day] = value.split('-')
  if (month === undefined) return year !== '0000'
  // a year nobody said may be a leap year
  const date = new Date(`${year === '0000' ? '2000' : year}-${month}-${day}T00:00:00Z`)
  return date.getUTCDate() === Number(day)
}

export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}

const { givenName, familyName, middleName, nickname, profile, website, gender, birthdate, zoneinfo } = PROFILE_SHAPE
const lines = z
  .string()
  .min(1)
  .max(500)
  .regex(/^([^\p{Cc}\p{Cs}]|\n)*$/u)

/** What people say of themselves on their profile page. Null takes it away. Pages and server use this same schema. */
const CHANGE_SHAPE = {
  displayName: own(line('what others see')),
  // obligatory as in the form of a registration: whoever has them may change them, and not take them away
  givenName,
  familyName,
  middleName: middleName.nullable(),
  nickname: nickname.nullable(),
  profile: profile.nullable(),
  website: website.nullable(),
  gender: own(gender).nullable(),
  birthdate: birthdate.refine(isBirthdate).nullable(),
  zoneinfo: zoneinfo.refine(isTimeZone).nullable(),
  address: z
    .strictObject({
      streetAddress: own(lines),
      locality: own(PLACE.locality),
      region: own(PLACE.region),
      postalCode: own(PLACE.postalCode),
      country: own(PLACE.country),
    })
    .partial()
    .nullable(),
}

/** The members that change, and the version of the profile that they were read with. */
export const profileChangeSchema = z.strictObject({
  version: z.int(),
  ...z.object(CHANGE_SHAPE).partial().shape,
})
export type ProfileChange = z.infer<typeof profileChangeSchema>
