import { type AccountPage, accountPath } from '@vestibule/shared/account-pages.ts'
import { asProblem } from '../problem-answer.ts'
import { call } from './api.ts'
import { keepTyped, type Typed } from './typed.ts'

/** Leaves the page altogether, so that the server answers. */
export type Go = (address: string) => void
export const go: Go = (address) => location.assign(address)

/** The page is about to go: nothing is drawn meanwhile. */
const never = () => new Promise<never>(() => {})

/**
 * For what is read when a room is entered: where nobody is signed in, or somebody else in another tab, the server begins anew at this
 * address.
 */
export async function entering<Answer>(work: Promise<Answer>, page: AccountPage, leave: Go): Promise<Answer> {
  try {
    return await work
  } catch (error) {
    const { code } = asProblem(error)
    if (code !== 'unauthenticated' && code !== 'account_changed') throw error
    leave(accountPath(page))
    return never()
  }
}

/** Who does something, and from where: the room to come back to, and what was typed there. */
type Doing = { account: string; page: AccountPage; leave: Go; typed?: Typed }

/**
 * For what is done in a room. Where the session has ended, or the last proof is too old for this, the person signs in and comes back to
 * this room with what was typed; where another tab planned to delete the account, they see that. Everything else is the caller's affair.
 */
export async function doing<Answer>(work: Promise<Answer>, { account, page, leave, typed }: Doing): Promise<Answer> {
  try {
    return await work
  } catch (error) {
    const { code } = asProblem(error)
    if (code !== 'unauthenticated' && code !== 'reauth_required' && code !== 'deletion_planned') throw error
    if (typed) keepTyped(account, typed)
    if (code !== 'reauth_required') leave(accountPath(page))
    else leave((await call('post /api/me/step-up', { body: { returnTo: page } })).redirect)
    return never()
  }
}
