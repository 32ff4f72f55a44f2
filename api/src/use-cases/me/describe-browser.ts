import Bowser from 'bowser'

/** What a person recognises a session by. Null where the user agent says nothing. */
export function describeBrowser(userAgent: string): { browser: string | null; system: string | null } {
  if (userAgent === '') return { browser: null, system: null }
  const parsed = Bowser.parse(userAgent)
  return { browser: parsed.browser.name ?? null, system: parsed.os.name ?? null }
}
