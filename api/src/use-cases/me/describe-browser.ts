/** What a person recognises a session by. Null where the user agent says nothing. */
export async function describeBrowser(userAgent: string): Promise<{ browser: string | null; system: string | null }> {
  if (userAgent === '') return { browser: null, system: null }
  const { default: Bowser } = await import('bowser')
  const parsed = Bowser.parse(userAgent)
  return { browser: parsed.browser.name ?? null, system: parsed.os.name ?? null }
}
