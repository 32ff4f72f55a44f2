import { expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { PICTURES } from '../testing/pictures.ts'
import { obtainTokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { ISSUER, PASSWORD } from '../testing/world.ts'

/** Bob at home, with something to upload. */
async function createAtHome() {
  const scene = await createScene()
  const { browser, deps } = scene
  await browser.signIn(await browser.open('/account'), BOB, PASSWORD)
  const upload = (body: Uint8Array, type = 'image/png', headers: Record<string, string> = { origin: ISSUER }) =>
    browser.send('/api/me/avatar', {
      method: 'POST',
      body: new Uint8Array(body),
      headers: { 'content-type': type, 'content-length': String(body.length), ...headers },
    })
  const set = async (body: Uint8Array, type?: string) =>
    (await jsonOf<{ picture: string }>(await upload(body, type))).picture
  const rows = () => deps.db.query.select().from(deps.db.tables.avatars)
  return { ...scene, upload, set, rows }
}

test.each(['png', 'jpeg', 'webp'] as const)(
  'a %s becomes a square WebP that is kept for good, and the claim `picture`',
  async (kind) => {
    const { world, browser, set, userinfo, events, userId } = await createAtHome()
    const path = await set(await PICTURES[kind](), `image/${kind}`)
    expect(path).toMatch(/^\/avatars\/[\w-]{43}\.webp$/)
    const answer = await world.browser().get(path)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'public, max-age=31536000, immutable',
    })
    const content = Buffer.from(await answer.arrayBuffer())
    expect([content.toString('latin1', 0, 4), content.toString('latin1', 8, 12)]).toEqual(['RIFF', 'WEBP'])
    expect(content.length).toBeLessThan(20_000)

    expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ picture: path })
    const tokens = await obtainTokens(world, world.browser(), 'ledger', BOB, { scope: 'openid profile' })
    expect(await jsonOf(await userinfo(tokens))).toMatchObject({ picture: ISSUER + path })
    expect((await events()).filter(({ type }) => type === 'user.profile_changed')).toMatchObject([
      { actor: userId, target: userId, data: { changed: ['picture'] } },
    ])
  },
)

test('nothing of the original is left: no metadata, no second file behind the first', async () => {
  const { set, rows } = await createAtHome()
  const photo = Buffer.concat([await PICTURES.jpeg(), Buffer.from('<script>alert("canary")</script>')])
  expect(photo.includes('the canary')).toBe(true)
  await set(photo, 'image/jpeg')
  const { content } = (await rows())[0]!
  expect(Buffer.from(content).includes('canary')).toBe(false)
  expect(Buffer.from(content).includes('EXIF')).toBe(false)
})

const SCRIPTED = `<script>alert(1)</script><rect width="9" height="9" onload="alert(1)"/><foreignObject><b>x</b></foreignObject>
  <image href="http://127.0.0.1:9/x.png" width="9" height="9"/><image href="file:///etc/passwd" width="9" height="9"/>`

const laughs = Array.from({ length: 6 }, (_, nth) =>
  nth === 0 ? '<!ENTITY l0 "ha">' : `<!ENTITY l${nth} "${`&l${nth - 1};`.repeat(10)}">`,
).join('')

const REFUSED: [string, () => Uint8Array | Promise<Uint8Array>][] = [
  ['HTML named .png', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
  ['nothing', () => Buffer.alloc(0)],
  ['half a picture', async () => (await PICTURES.png()).subarray(0, 120)],
  ['a photograph that breaks off', async () => (await PICTURES.jpeg()).subarray(0, -100)],
  ['one pixel by a hundred thousand', PICTURES.thread],
  ['a bomb of 25 megapixels', PICTURES.bomb],
  ['an SVG, with everything in it', () => PICTURES.svg(SCRIPTED)],
  ['an SVG with nothing in it', () => PICTURES.svg()],
  [
    'an SVG that laughs a billion times',
    () =>
      Buffer.from(
        `<!DOCTYPE svg [${laughs}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&l5;</text></svg>`,
      ),
  ],
  ['a kind that nobody needs', PICTURES.tiff],
  ['a picture that moves', PICTURES.gif],
  ['a program', () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0])],
]

test.each(REFUSED)('N253 %s is refused, and the picture before stays', async (_name, file) => {
  const { upload, set, rows, browser } = await createAtHome()
  const before = await set(await PICTURES.png())
  for (const type of ['image/png', 'image/webp'])
    await expectProblem(await upload(await file(), type), 400, 'picture_refused')
  expect(await rows()).toHaveLength(1)
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ picture: before })
})

test('only our own pages may upload, and only what says it is an image', async () => {
  const { upload, rows, world } = await createAtHome()
  const file = await PICTURES.png()
  for (const origin of ['https://evil.test', 'null', `${ISSUER}.evil.test`, `${ISSUER}/`])
    await expectProblem(await upload(file, 'image/png', { origin }), 403, 'csrf_failed')
  await expectProblem(await upload(file, 'image/png', {}), 403, 'csrf_failed')
  for (const type of [
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/html',
    'image/svg+xml',
    'image/gif',
    '',
  ])
    await expectProblem(await upload(file, type), 415, 'unsupported_media_type')
  await expectProblem(await upload(Buffer.alloc(2_097_153)), 413, 'body_too_large')
  const stranger = await world.browser().send('/api/me/avatar', {
    method: 'POST',
    body: new Uint8Array(file),
    headers: { 'content-type': 'image/png', origin: ISSUER, 'content-length': String(file.length) },
  })
  await expectProblem(stranger, 401, 'unauthenticated')
  expect(await rows()).toEqual([])
})

test('so large as a picture may be nothing else may', async () => {
  const { browser } = await createAtHome()
  const answer = await browser.send('/api/me/profile', {
    method: 'PATCH',
    body: new Uint8Array(65_537),
    headers: { 'content-type': 'application/json', origin: ISSUER, 'content-length': '65537' },
  })
  await expectProblem(answer, 413, 'body_too_large')
})

test('a new one takes the place of the old; one that is taken away is gone', async () => {
  const { browser, world, set, rows } = await createAtHome()
  const first = await set(await PICTURES.png())
  const second = await set(await PICTURES.other())
  expect(second).not.toBe(first)
  await expectProblem(await world.browser().get(first), 404, 'not_found')
  expect(await jsonOf(await browser.post('/api/me/avatar/remove', {}))).toEqual({ picture: null })
  expect(await rows()).toEqual([])
  await expectProblem(await world.browser().get(second), 404, 'not_found')
  expect(await jsonOf(await browser.get('/api/me'))).toMatchObject({ picture: null })
})

test.each(['none.webp', `${'a'.repeat(43)}.png`, '..%2f..%2fetc%2fpasswd', `${'a'.repeat(43)}.webp%00`])(
  '/avatars/%s is nothing',
  async (file) => {
    const { browser } = await createScene()
    await expectProblem(await browser.get(`/avatars/${file}`), 404, 'not_found')
  },
)

test('pictures can be sent so often an hour', async () => {
  const { upload } = await createAtHome()
  const file = await PICTURES.png()
  for (let nth = 0; nth < 30; nth++) expect((await upload(file)).status).toBe(200)
  await expectProblem(await upload(file), 429, 'too_many_attempts')
})
