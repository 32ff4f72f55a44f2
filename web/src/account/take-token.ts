/**
 * The one-time token of `/setup#<token>` and its like. A fragment never reaches a server or its log, and it leaves the address at once, so that it
 * stays neither in the history nor on a screen that is shared. Null when there is none.
 */
export function takeToken(): string | null {
  const token = decodeURIComponent(location.hash.slice(1))
  if (location.hash) history.replaceState(history.state, '', location.pathname + location.search)
  return token || null
}
