/** One way to ask for a sign-in: a link of the first page, and the parameters of its authorization request. */
export interface Way {
  readonly name: string
  readonly label: string
  readonly effect: string
  /** The difference to a plain sign-in, as shown beside the link. */
  readonly sends: string
  readonly parameters: Readonly<Record<string, string>>
}

export const PLAIN: Way = { name: 'plain', label: 'Sign in', effect: '', sends: '', parameters: {} }

export const CREATE: Way = {
  name: 'create',
  label: 'Create an account',
  effect: 'Begins with the form for a new account, and comes back signed in.',
  sends: 'prompt=create',
  parameters: { prompt: 'create' },
}

const SCOPE = 'openid profile email'

export function waysToSignIn(otherOrganization: string): Way[] {
  const organization = `urn:vestibule:org:domain:primary:${otherOrganization}`
  return [
    CREATE,
    {
      name: 'again',
      label: 'Sign in again',
      effect: 'Asks who you are, although you are signed in at the sign-in service.',
      sends: 'prompt=login',
      parameters: { prompt: 'login' },
    },
    {
      name: 'choose',
      label: 'Choose an account',
      effect: 'Shows all accounts that were used in this browser.',
      sends: 'prompt=select_account',
      parameters: { prompt: 'select_account' },
    },
    {
      name: 'organization',
      label: `Sign in at ${otherOrganization}`,
      effect: 'The same sign-in page, in the look of another organization.',
      sends: `scope=${organization}`,
      parameters: { scope: `${SCOPE} ${organization}` },
    },
    {
      name: 'stay',
      label: 'Sign in and stay connected',
      effect: 'Asks for a refresh token, which brings new tokens without you.',
      sends: 'scope=offline_access',
      parameters: { scope: `${SCOPE} offline_access`, prompt: 'consent' },
    },
  ]
}
