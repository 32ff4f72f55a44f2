import type { FieldDemand, RegistrationField } from '@vestibule/shared/policies/registration.ts'
import type { FieldProblem } from '@vestibule/shared/problem.ts'
import { readEmail } from '../email-address.ts'
import { readPhone } from '../phone.ts'
import type { Profile } from '../user.ts'
import { type Reading, readBirthdate, readLine, readName, readUsername, readWebsite } from './fields.ts'

/** Everything as it was typed; an empty text is nothing. */
export type TypedForm = Record<'givenName' | 'familyName' | 'email' | RegistrationField, string>

export type FormRules = {
  fields: Record<RegistrationField, FieldDemand>
  /** Domains an address must be of; empty: any. */
  emailDomains: readonly string[]
  now: number
}

export type CheckedForm = { email: string; username: string | null; phone: string | null; profile: Profile }
export type FieldProblems = Record<string, FieldProblem[]>

type Name = keyof TypedForm

/** What is wrong with which field, or the form as it is kept. A field that the policy hides is nothing, whatever was sent. */
export function checkForm(typed: TypedForm, rules: FormRules): { form: CheckedForm } | { problems: FieldProblems } {
  const problems: FieldProblems = {}
  const values = {} as Record<Name, string | null>
  for (const name of Object.keys(READERS) as Name[]) {
    const reading = read(name, typed[name], rules)
    if ('problem' in reading) problems[name] = [reading.problem]
    else values[name] = reading.value
  }
  if (Object.keys(problems).length > 0) return { problems }
  const { email, username, phone, ...rest } = values
  const profile = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)) as Profile
  return { form: { email: email!, username, phone, profile } }
}

function read(name: Name, typed: string, rules: FormRules): Reading {
  const demand = name in rules.fields ? rules.fields[name as RegistrationField] : 'required'
  if (demand === 'hidden') return { value: null }
  if (typed.trim() === '') return demand === 'required' ? { problem: 'required' } : { value: null }
  return READERS[name](typed, rules)
}

const READERS: Record<Name, (typed: string, rules: FormRules) => Reading> = {
  givenName: readName,
  familyName: readName,
  email: readAllowedEmail,
  username: readUsername,
  phone: (typed) => known(readPhone(typed)),
  nickname: readName,
  birthdate: (typed, { now }) => readBirthdate(typed, now),
  gender: (typed) => readLine(typed, 40),
  website: readWebsite,
}

function readAllowedEmail(typed: string, { emailDomains }: FormRules): Reading {
  if (typed.length > 254) return { problem: 'too_long' }
  const email = readEmail(typed)
  if (email === null) return { problem: 'invalid' }
  const domain = email.slice(email.lastIndexOf('@') + 1)
  const isAllowed = emailDomains.length === 0 || emailDomains.some((allowed) => allowed.toLowerCase() === domain)
  return isAllowed ? { value: email } : { problem: 'not_allowed' }
}

const known = (value: string | null): Reading => (value === null ? { problem: 'invalid' } : { value })
