import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import { contacts, me, profile } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { server, when } from '../../testing/server.ts'

const FIRST = '/avatars/first.webp'
const SECOND = '/avatars/second.webp'
const file = (name = 'me.png', type = 'image/png') => new File(['pixels'], name, { type })

/** jsdom draws nothing: what stands for the browser's own decoder reads every PNG and nothing else. */
beforeEach(() => {
  vi.stubGlobal('createImageBitmap', async ({ type }: File) => {
    if (type !== 'image/png') throw new DOMException('no picture')
    return { width: 30, height: 20, close: () => {} }
  })
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ drawImage: () => {} } as never)
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockReturnValue('data:image/webp,preview')
  return () => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
})

/** Records what is uploaded, as text, and answers with the second picture. */
function whenUploaded(refused?: string) {
  const uploads: string[] = []
  server.use(
    http.post('*/api/me/avatar', async ({ request }) => {
      uploads.push(`${request.headers.get('content-type')} ${await request.text()}`)
      return refused ? HttpResponse.json({ code: refused }, { status: 400 }) : HttpResponse.json({ picture: SECOND })
    }),
    http.get(`*${FIRST}`, () => HttpResponse.text('the first', { headers: { 'content-type': 'image/webp' } })),
  )
  return uploads
}

async function open(picture: string | null) {
  when('get /api/me/profile', profile)
  when('get /api/me/contacts', contacts)
  const opened = openRoom('/account/profile', undefined, { ...me, picture })
  const section = within(await screen.findByRole('region', { name: t('profile:picture.heading') }))
  const input = section.getByLabelText<HTMLInputElement>(
    t(picture ? 'profile:picture.another' : 'profile:picture.choose'),
  )
  const press = async (what: 'use' | 'leave' | 'remove' | 'undo') =>
    opened.user.click(await section.findByRole('button', { name: t(`profile:picture.${what}`) }))
  return { ...opened, section, input, press }
}
const shown = () => document.querySelector<HTMLImageElement>('.large.avatar img')?.getAttribute('src') ?? null
const inTheMenu = () => document.querySelector('.me img')?.getAttribute('src') ?? null

test('one that was chosen is looked at first, and sent when it is taken; the menu shows it too', async () => {
  const uploads = whenUploaded()
  const { user, input, press, section } = await open(null)
  expect(shown()).toBeNull()
  await user.upload(input, file())
  await waitFor(() => expect(shown()).toBe('data:image/webp,preview'))
  expect([uploads, inTheMenu()]).toEqual([[], null])
  await press('use')
  await section.findByText(t('profile:picture.saved'))
  expect([shown(), inTheMenu()]).toEqual([SECOND, SECOND])
  expect(uploads).toEqual(['image/png pixels'])
})

test('one that was only looked at changes nothing', async () => {
  const uploads = whenUploaded()
  const { user, input, press } = await open(FIRST)
  await user.upload(input, file())
  await press('leave')
  expect([shown(), uploads]).toEqual([FIRST, []])
})

test('what is no picture is said beside the field, and nothing is sent', async () => {
  const uploads = whenUploaded()
  const { input, section } = await open(FIRST)
  // whatever the dialog of the system lets through
  Object.defineProperty(input, 'files', { value: [file('notes.txt', 'text/plain')], configurable: true })
  input.dispatchEvent(new Event('change', { bubbles: true }))
  await section.findByText(t('errors:picture_refused'))
  expect(input.getAttribute('aria-invalid')).toBe('true')
  expect([shown(), uploads]).toEqual([FIRST, []])
})

test('what the server refuses is said beside the field, and stays to be looked at', async () => {
  whenUploaded('picture_refused')
  const { user, input, press, section } = await open(FIRST)
  await user.upload(input, file())
  await press('use')
  await section.findByText(t('errors:picture_refused'))
  expect(shown()).toBe('data:image/webp,preview')
})

test('a new one is undone by putting the old one back', async () => {
  const uploads = whenUploaded()
  const { user, input, press, section } = await open(FIRST)
  await user.upload(input, file())
  await press('use')
  await section.findByText(t('profile:picture.saved'))
  await press('undo')
  await section.findByText(t('profile:picture.undone'))
  expect(uploads).toEqual(['image/png pixels', 'image/webp the first'])
  expect(section.queryByRole('button', { name: t('profile:picture.undo') })).toBeNull()
})

test('the first one is undone by taking it away', async () => {
  whenUploaded()
  const removed = when('post /api/me/avatar/remove', { picture: null })
  const { user, input, press, section } = await open(null)
  await user.upload(input, file())
  await press('use')
  await section.findByText(t('profile:picture.saved'))
  await press('undo')
  await section.findByText(t('profile:picture.undone'))
  expect([shown(), removed]).toEqual([null, [{}]])
})

test('one that is taken away leaves the initials, says so, and can be put back', async () => {
  const uploads = whenUploaded()
  const removed = when('post /api/me/avatar/remove', { picture: null })
  const { press, section } = await open(FIRST)
  await press('remove')
  const said = await section.findByText(t('profile:picture.removed'))
  await waitFor(() => expect(document.activeElement?.contains(said)).toBe(true))
  expect([shown(), removed]).toEqual([null, [{}]])
  await press('undo')
  await section.findByText(t('profile:picture.undone'))
  expect(uploads).toEqual(['image/webp the first'])
})
