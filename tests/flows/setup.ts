import type { Server } from '../support/server.ts'

/** The one-time link of the first manager, as the operator reads it. */
export function setupLink(server: Server): string {
  const link = /http\S+\/setup#\S+/.exec(server.output())?.[0]
  if (!link) throw new Error(`no link for the first manager in:\n${server.output()}`)
  return link
}
