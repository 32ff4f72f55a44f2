import type { Browser } from '../driver/browser.ts'
import type { Program } from '../machine/child.ts'
import type { Client, User } from '../world.ts'

/** How far a commit goes before it is acknowledged: SQLite's `synchronous`, the same for all servers of a run. */
export type Synchronous = 'full' | 'normal'

/** Where one server lives during a run. */
export type Place = { folder: string; port: number; origin: string; synchronous: Synchronous; signingKey: string }

/** A server that can be measured. Everything that OpenID Connect does not standardise is said here, the rest is discovered. */
export type Subject = {
  name: string
  /** Brings the application and the people of `world.ts` into an empty folder. Out: what the application authenticates with. */
  install: (at: Place) => Promise<Client>
  program: (at: Place) => Program
  /**
   * Walks the login pages. In: where the authorization endpoint led, and a person. Out: the address at the relying party. Rejects
   * when the password is refused.
   */
  signIn: (browser: Browser, page: string, user: User, password: string) => Promise<string>
}
