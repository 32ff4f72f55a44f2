/** What a page loads in a frame so that an application hears of the end of a session (OpenID Connect Front-Channel Logout 1.0, 2). */
export function frameOf(uri: string, { issuer, sessionId }: { issuer: string; sessionId: string }): string {
  const query = new URLSearchParams({ iss: issuer, sid: sessionId })
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`
}
