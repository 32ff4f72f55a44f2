/** The pages of the account, by name. An address is made of a name and never the other way round: nothing that was sent becomes one. */
export const ACCOUNT_PAGES = [
  'overview',
  'profile',
  'email',
  'phone',
  'username',
  'security',
  'passkeys',
  'password',
  'sessions',
  'applications',
  'activity',
  'data',
] as const
export type AccountPage = (typeof ACCOUNT_PAGES)[number]

const NAMES: readonly string[] = ACCOUNT_PAGES

/** The page at this path, or null: only a path that is exactly one of ours. */
export function accountPageAt(path: string): AccountPage | null {
  const name = path === '/account' ? 'overview' : path.replace(/^\/account\//, '')
  return NAMES.includes(name) && accountPath(name as AccountPage) === path ? (name as AccountPage) : null
}

export const accountPath = (page: AccountPage) => (page === 'overview' ? '/account' : `/account/${page}`)
