import type { Deps } from '../../deps.ts'
import type { Tamper } from './stage.ts'

/** How a server is broken: in one function of one repository, or in what is read. */
export type Repositories = Deps['repositories']

/** The same server with something else in the place of some functions of one repository. */
export const withRepository =
  <Name extends keyof Repositories>(
    name: Name,
    change: (original: Repositories[Name], deps: Deps) => Partial<Repositories[Name]>,
  ): Tamper =>
  (deps) => {
    const original = deps.repositories[name]
    return { ...deps, repositories: { ...deps.repositories, [name]: { ...original, ...change(original, deps) } } }
  }

export type Browser = NonNullable<Awaited<ReturnType<Repositories['devices']['findWithAccounts']>>>
type Account = Browser['accounts'][number]

/** The accounts of a browser are read wrongly. */
export const withAccounts = (change: (account: Account, browser: Browser, deps: Deps) => Account): Tamper =>
  withRepository('devices', ({ findWithAccounts, findWithRequest }, deps) => {
    const changed = <Found extends Browser>(browser: Found | null) =>
      browser && { ...browser, accounts: browser.accounts.map((account) => change(account, browser, deps)) }
    return {
      findWithAccounts: async (...all) => changed(await findWithAccounts(...all)),
      findWithRequest: async (...all) => changed(await findWithRequest(...all)),
    }
  })

type Found = NonNullable<Awaited<ReturnType<Repositories['devices']['findWithRequest']>>>['request']

/** A pending request is read wrongly. */
export const withRequest = (change: (request: Found) => Partial<Found>): Tamper =>
  withRepository('devices', ({ findWithRequest }) => ({
    async findWithRequest(...all) {
      const found = await findWithRequest(...all)
      return found && { ...found, request: { ...found.request, ...change(found.request) } }
    },
  }))

export const withParameters = (change: Partial<Found['parameters']>): Tamper =>
  withRequest(({ parameters }) => ({ parameters: { ...parameters, ...change } }))

export const withSession = (change: (session: Account['session'], browser: Browser, deps: Deps) => object): Tamper =>
  withAccounts((account, browser, deps) => ({
    ...account,
    session: { ...account.session, ...change(account.session, browser, deps) },
  }))
