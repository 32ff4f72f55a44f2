import type { Server } from '../support/server.ts'

/** The one-time link of the first manager, as the operator reads it. */
export function setupLink(server: Server): string {
  // of several processes the one that started last: its link ended those before
  const link = [...server.output().matchAll(/http\S+\/setup#\S+/g)].at(-1)?.[0]
  if (!link) throw new Error(`no link for the first manager in:\n${server.output()}`)
  return link
}
