import { Browser } from './browser.ts'
import type { Connection } from './connection.ts'

/**
 * People who come back after months, each to their own browser: it keeps what lasts longer than any session and nothing else, so that they
 * sign in from the beginning, and nobody has to be told of a browser that is new.
 */
export function createVisitors(origin: string): (connection: Connection, name: string) => Browser {
  const browsers = new Map<string, Browser>()
  return (connection, name) => {
    const browser = browsers.get(name)?.reopened(connection) ?? new Browser(connection, origin)
    browsers.set(name, browser)
    return browser
  }
}
