import type { OwnProfile } from '@vestibule/shared/contract/profile.ts'
import { type ProfileChange, profileChangeSchema } from '@vestibule/shared/profile.ts'

/** The form as it is typed: texts, with the birth date in its three parts. */
export type Values = Record<TextName | AddressName | BirthName, string>

const TEXTS = [
  'displayName',
  'givenName',
  'familyName',
  'middleName',
  'nickname',
  'profile',
  'website',
  'gender',
  'zoneinfo',
] as const
export type TextName = (typeof TEXTS)[number]

const ADDRESS = ['streetAddress', 'postalCode', 'locality', 'region', 'country'] as const
export type AddressName = (typeof ADDRESS)[number]

const BIRTH = ['birthDay', 'birthMonth', 'birthYear'] as const
type BirthName = (typeof BIRTH)[number]

export type ValueName = keyof Values

/** Null: it is taken away. */
type Change = Omit<ProfileChange, 'version'>

export function valuesOf(profile: OwnProfile): Values {
  const [year = '', month = '', day = ''] = (profile.birthdate ?? '').split('-')
  const texts = TEXTS.map((name) => [name, profile[name] ?? ''])
  const address = ADDRESS.map((name) => [name, profile.address?.[name] ?? ''])
  const birth = { birthDay: day.replace(/^0/, ''), birthMonth: month, birthYear: year === '0000' ? '' : year }
  return { ...birth, ...Object.fromEntries([...texts, ...address]) } as Values
}

/** Year, day with month, or all of it; what is not complete is no date, and the schema says so. */
function birthdateOf({ birthDay, birthMonth, birthYear }: Values): string | null {
  const [day, year] = [birthDay.trim(), birthYear.trim()]
  if (!day && !birthMonth) return year || null
  return `${year || '0000'}-${birthMonth}-${day.padStart(2, '0')}`
}

const orNull = (value: string) => value.trim() || null

/** What changed since the profile was read; an address and a birth date change as a whole. */
export function changeOf(values: Values, before: OwnProfile): Change {
  const known = valuesOf(before)
  const isChanged = (name: ValueName) => values[name] !== known[name]
  const texts = TEXTS.filter(isChanged).map((name) => [name, orNull(values[name])])
  const birth = BIRTH.some(isChanged) ? [['birthdate', birthdateOf(values)]] : []
  const address = ADDRESS.some(isChanged) ? [['address', addressOf(values)]] : []
  return Object.fromEntries([...texts, ...birth, ...address]) as Change
}

function addressOf(values: Values) {
  const said = ADDRESS.flatMap((name) => (values[name].trim() ? [[name, values[name].trim()]] : []))
  return said.length > 0 ? Object.fromEntries(said) : null
}

/** The fields with which the server would find something wrong, by the schema that it uses. */
export function wrongFields(change: Change): ReadonlyMap<ValueName, 'required' | 'too_long' | 'invalid'> {
  const { error } = profileChangeSchema.safeParse({ ...change, version: 0 })
  return new Map(
    (error?.issues ?? []).map(({ path, code }) => {
      const [member, part] = path as [string, string?]
      const name = member === 'birthdate' ? 'birthYear' : member === 'address' ? part : member
      const isEmpty = (change as Record<string, unknown>)[member] === null
      return [name as ValueName, code === 'too_big' ? 'too_long' : isEmpty ? 'required' : 'invalid']
    }),
  )
}
