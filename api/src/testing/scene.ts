import {
  authorizePath,
  obtainCode,
  obtainTokens,
  redeem,
  type Tokens,
  tokenRequest,
  userinfoRequest,
} from './relying-party.ts'
import { type ApplicationOptions, createWorld, type UserOptions, type WorldOptions } from './world.ts'

export const BOB = 'bob@acme.test'

type Options = WorldOptions & { application?: ApplicationOptions; user?: UserOptions }
type Parameters = Record<string, string | null>
export type Scene = Awaited<ReturnType<typeof createScene>>

/** What most stories begin with: bob of acme.test, the application `ledger` of the same organization, and bob's browser. */
export async function createScene({ application, user, ...options }: Options = {}) {
  const world = await createWorld(options)
  const userId = await world.addUser('bob', user)
  const ledger = await world.addApplication('ledger', application)
  const browser = world.browser()
  return {
    ...world,
    world,
    userId,
    ledger,
    browser,
    /** Bob's browser at the authorization endpoint. */
    authorize: (parameters?: Parameters) => browser.get(authorizePath('ledger', parameters)),
    /** Bob signs in at the login page, and the application has a code. */
    signIn: (parameters?: Parameters) => obtainCode(browser, 'ledger', BOB, parameters),
    /** The same, and the application has redeemed it. */
    tokens: (parameters?: Parameters) => obtainTokens(world, browser, 'ledger', BOB, parameters),
    redeem: (code: string, more?: Record<string, string>) => redeem(world, 'ledger', code, more),
    refresh: ({ refresh_token = '' }: Tokens, more?: Record<string, string>) =>
      tokenRequest(world, 'ledger', { grant_type: 'refresh_token', refresh_token, ...more }),
    userinfo: ({ access_token }: Tokens) => userinfoRequest(world, access_token),
  }
}
