import { asProblem } from '../problem-answer.ts'

/** The address at which the server begins a sign-in where there is none. */
export const ACCOUNT = '/account'

/** Leaves the page altogether, so that the server answers. */
export type Go = (address: string) => void
export const go: Go = (address) => location.assign(address)

/**
 * For loaders and actions that need somebody signed in: an answer of `unauthenticated` sends the browser to the server, and nothing is
 * drawn meanwhile, because the page is about to go.
 */
export async function signedIn<Answer>(work: Promise<Answer>, leave: Go): Promise<Answer> {
  try {
    return await work
  } catch (error) {
    if (asProblem(error).code !== 'unauthenticated') throw error
    leave(ACCOUNT)
    return new Promise(() => {})
  }
}
