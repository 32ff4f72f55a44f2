import type { AccountPage } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { Me } from '@vestibule/shared/contract/me.ts'
import { createContext, useContext } from 'react'
import { doing, type Go } from './signed-in.ts'
import type { Typed } from './typed.ts'

/** Whose rooms these are, in whose house, and how to leave. */
type Account = { me: Me; branding: BrandingView; go: Go }

export const AccountContext = createContext<Account | null>(null)

/** Only inside the rooms of somebody signed in. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('this is no room of an account')
  return account
}

/** Does something from a room, to which the person comes back when they have to sign in for it: see `doing`. */
export function useDoing(page: AccountPage) {
  const { me, go } = useAccount()
  return <Answer,>(work: Promise<Answer>, typed?: Typed): Promise<Answer> =>
    doing(work, { account: me.id, page, leave: go, ...(typed ? { typed } : {}) })
}
