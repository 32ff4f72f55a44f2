import { FIRST_FACTORS, type FirstFactor } from '@vestibule/shared/factors.ts'
import type { PasswordPolicy } from '@vestibule/shared/policies/password.ts'
import type { FieldDemand, RegistrationField, RegistrationPolicy } from '@vestibule/shared/policies/registration.ts'
import { defaultPolicy } from '@vestibule/shared/policies.ts'
import type { LinksPolicy, LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Deps, Executor, Organization } from '../../deps.ts'
import type { OrganizationId } from '../../domain/ids.ts'

/** Where an account would be made, and under which rules: read in the transaction that decides. */
export type RegistrationPlace = {
  organization: Organization
  policy: RegistrationPolicy
  loginPolicy: LoginPolicy
  passwordPolicy: PasswordPolicy
  fields: Record<RegistrationField, FieldDemand>
  /** What may open an account that is made here. */
  ways: readonly FirstFactor[]
  terms: Terms | null
  isOpen: boolean
}

/** What has to be accepted: the documents behind the links, and which text of them. */
export type Terms = { version: string; links: { document: 'terms' | 'privacy'; link: string }[] }

/** The organization that was asked for, or the default one; null where there is none. */
export async function findPlace(
  deps: Deps,
  asked: OrganizationId | null,
  tx?: Executor,
): Promise<RegistrationPlace | null> {
  const { organizations, policies } = deps.repositories
  const organization = await (asked ? organizations.find(asked, tx) : organizations.findDefault(tx))
  if (!organization) return null
  const { value: policy } = await policies.resolve('registration', organization.id, tx)
  const { value: loginPolicy } = await policies.resolve('login', organization.id, tx)
  const { value: passwordPolicy } = await policies.resolve('password', organization.id, tx)
  const { value: links } = await policies.resolve('links', organization.id, tx)
  return {
    organization,
    policy,
    loginPolicy,
    passwordPolicy,
    fields: fieldsOf(policy, loginPolicy),
    ways: waysOf(loginPolicy),
    terms: termsOf(links),
    isOpen: isOpen(policy, loginPolicy) && organization.state === 'active',
  }
}

/** An account of one's own is opened by what lets people in there. */
const waysOf = ({ allowPassword, allowPasskey }: LoginPolicy): FirstFactor[] =>
  FIRST_FACTORS.filter((factor) => (factor === 'passkey' ? allowPasskey : allowPassword))

export const isOpen = (policy: RegistrationPolicy, loginPolicy: LoginPolicy): boolean =>
  policy.isAllowed && waysOf(loginPolicy).length > 0

/** Whoever registers can sign in again: where no address lets anybody in, a user name is asked for. */
function fieldsOf({ fields }: RegistrationPolicy, { identifiers }: LoginPolicy): RegistrationPlace['fields'] {
  // a field that a stored policy does not know yet is hidden
  const known = { ...defaultPolicy('registration').fields, ...fields }
  const needsUsername = !identifiers.includes('email') && identifiers.includes('username')
  return needsUsername ? { ...known, username: 'required' } : known
}

/** Another link is another text where no version tells them apart. */
function termsOf(policy: LinksPolicy): Terms | null {
  const links = (['terms', 'privacy'] as const).flatMap((document) => {
    const link = policy[document]
    return link ? [{ document, link }] : []
  })
  if (links.length === 0) return null
  return { version: policy.version ?? links.map(({ link }) => link).join(' '), links }
}
