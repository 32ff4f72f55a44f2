import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { ownData } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const FILE = { data: ownData, signature: 'header..signature' }

/** What the browser was handed as a file: names and contents. */
const saved: { name: string; content: Blob }[] = []
beforeEach(() => {
  saved.length = 0
  let handed = new Blob()
  // jsdom has no downloads
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: keep, revokeObjectURL: () => {} }))
  function keep(content: Blob) {
    handed = content
    return 'blob:here'
  }
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, content: handed })
  })
  return () => {
    click.mockRestore()
    vi.unstubAllGlobals()
  }
})
const download = () => screen.findByRole('button', { name: t('data:export.button') })

test('everything comes as one file that can be read', async () => {
  when('post /api/me/export', FILE)
  const { user } = openRoom('/account/data')
  await user.click(await download())
  await screen.findByText(t('data:export.done'))
  expect(saved.map(({ name }) => name)).toEqual(['vestibule-2026-11-22.json'])
  expect(await saved[0]?.content.text()).toBe(JSON.stringify(FILE, null, 2))
})

test('with an old proof it is asked for first; whoever comes back gets the file without asking twice', async () => {
  when('post /api/me/export', { refuse: { code: 'reauth_required' } })
  when('post /api/me/step-up', { redirect: '/login/req_1' })
  const { user, go } = openRoom('/account/data')
  await user.click(await download())
  await waitFor(() => expect(go).toHaveBeenCalledWith('/login/req_1'))
  expect(saved).toEqual([])
  const sent = when('post /api/me/export', FILE)
  openRoom('/account/data')
  await waitFor(() => expect(saved).toHaveLength(1))
  // and once: the next visit asks for nothing
  openRoom('/account/data')
  await screen.findAllByRole('button', { name: t('data:export.button') })
  expect(sent).toHaveLength(1)
})

test('what goes wrong is said', async () => {
  when('post /api/me/export', { refuse: { code: 'too_many_attempts', retryAfter: 600 } })
  const { user } = openRoom('/account/data')
  await user.click(await download())
  expect((await screen.findAllByRole('alert')).some(({ textContent }) => textContent)).toBe(true)
  expect(saved).toEqual([])
})
