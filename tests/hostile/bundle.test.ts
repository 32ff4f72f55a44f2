import { describe, expect, test } from 'vitest'
import { secretOf } from './harness/people.ts'
import { openWorld } from './harness/world.ts'

const world = await openWorld()

describe('N262 XSS - what the browser is sent', () => {
  /** Everything the pages load, and what that loads in turn. */
  async function bundle(): Promise<Map<string, string>> {
    const files = new Map<string, string>()
    const look = async (text: string) => {
      for (const [, name] of text.matchAll(/(?:\/assets\/|["'`]\.\/)([\w-]+\.(?:js|css|svg))/g))
        if (name && !files.has(name)) {
          const answer = await world.browser().get(`/assets/${name}`)
          files.set(name, answer.status === 200 ? answer.body : '')
          if (name.endsWith('.js')) await look(answer.body)
        }
    }
    for (const path of ['/setup', '/signed-out']) await look((await world.browser().get(path)).body)
    return files
  }

  test('has no way to make text into code', async () => {
    const files = await bundle()
    const own = [...files].filter(
      ([name]) => name.endsWith('.js') && !name.startsWith('react-') && !name.startsWith('rolldown-'),
    )
    expect(own.length).toBeGreaterThanOrEqual(2)
    for (const [name, code] of own) {
      expect(code, name).not.toMatch(
        /\.(inner|outer)HTML\s*=|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|setTimeout\(\s*["'`]/,
      )
      expect(code, name).not.toMatch(/location(\.href)?\s*=\s*[^=][^;,]*\b(search|searchParams|hash)\b/)
    }
  })

  test('has nothing of development in it, and no language of it', async () => {
    for (const [name, text] of await bundle()) expect(text, name).not.toMatch(/en-X[AB]|pseudo-language/)
    const wishes: Record<string, string>[] = [
      { 'accept-language': 'en-XB' },
      { 'accept-language': 'ar-XB;q=0', cookie: 'vestibule-language=en-XA.1' },
    ]
    for (const headers of wishes) {
      const { body } = await world.browser().get('/signed-out?ui_locales=en-XA', headers)
      expect(body).toContain('<html lang="en" dir="ltr">')
    }
  })

  test('has no source map and no secret', async () => {
    const files = await bundle()
    for (const [name, text] of files) {
      expect(text, name).not.toMatch(/sourceMappingURL/)
      expect((await world.browser().get(`/assets/${name}.map`)).status).toBe(404)
      expect(text, name).not.toMatch(/BEGIN [A-Z ]*PRIVATE KEY|MASTER_KEY|process\.env|\/work\/|\/home\/|localhost:\d/)
      expect(text).not.toContain(secretOf('clientConf'))
    }
  })
})
