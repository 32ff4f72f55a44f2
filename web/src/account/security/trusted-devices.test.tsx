import { screen, waitFor, within } from '@testing-library/react'
import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import type { OwnTrustedDevice } from '@vestibule/shared/contract/own-trusted-devices.ts'
import { expect, test } from 'vitest'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const factors: OwnFactors = { factors: [], available: [], codes: [], recoveryCodes: null, totp: null, whatIf: [] }
const laptop: OwnTrustedDevice = {
  id: 'tru_laptop',
  current: true,
  browser: 'Firefox',
  system: 'Linux',
  trustedAt: '2026-11-01T08:00:00Z',
  until: '2026-12-01T08:00:00Z',
}
const phone: OwnTrustedDevice = { ...laptop, id: 'tru_phone', current: false, system: 'Android' }

function open(devices: OwnTrustedDevice[], isAllowed = true) {
  when('get /api/me/factors', factors)
  when('get /api/me/trusted-devices', { isAllowed, devices })
  return openRoom('/account/security')
}
const heading = () => screen.findByRole('heading', { name: t('trusted:title') })
const onAndroid = () => t('account:sessions.device', { browser: 'Firefox', system: 'Android' })
const remove = () => screen.findByRole('button', { name: new RegExp(onAndroid()) })

test('says which browsers are trusted, since when and until when, and which of them this is', async () => {
  open([laptop, phone])
  await heading()
  const [first, second] = screen.getAllByRole('listitem').filter((row) => row.textContent?.includes('Firefox'))
  expect(within(first!).getByText(t('trusted:here'))).toBeTruthy()
  expect(first!.textContent).toContain('2026')
  expect(within(second!).queryByText(t('trusted:here'))).toBeNull()
})

test('one goes, is said to be gone, and the heading has the focus', async () => {
  const sent = when('post /api/me/trusted-devices/remove', { isAllowed: true, devices: [laptop] })
  const { user } = open([laptop, phone])
  await user.click(await remove())
  await waitFor(() => expect(screen.queryByText(onAndroid())).toBeNull())
  expect(sent).toEqual([{ id: 'tru_phone' }])
  expect(screen.getByText(t('trusted:removed', { device: onAndroid() }))).toBeTruthy()
  expect(document.activeElement).toBe(await heading())
})

test('all go at once, where there are several', async () => {
  const sent = when('post /api/me/trusted-devices/remove', { isAllowed: true, devices: [] })
  const { user } = open([laptop, phone])
  await user.click(await screen.findByRole('button', { name: t('trusted:remove_all') }))
  await screen.findByText(t('trusted:none'))
  expect(sent).toEqual([{ id: 'all' }])
  expect(screen.queryByRole('button', { name: t('trusted:remove_all') })).toBeNull()
})

test('one that is gone already is a refusal, and the list is asked for again', async () => {
  when('post /api/me/trusted-devices/remove', { refuse: { code: 'not_found' } })
  const { user } = open([laptop, phone])
  const button = await remove()
  when('get /api/me/trusted-devices', { isAllowed: true, devices: [laptop] })
  await user.click(button)
  await screen.findByText(t('errors:not_found'))
  await waitFor(() => expect(screen.queryByText(onAndroid())).toBeNull())
})

test('where none is trusted and none may be, nothing is said of it', async () => {
  open([], false)
  await screen.findByRole('heading', { name: t('security:own.second') })
  expect(screen.queryByRole('heading', { name: t('trusted:title') })).toBeNull()
})

test('where none is trusted yet, how it is done', async () => {
  open([])
  await heading()
  expect(screen.getByText(t('trusted:none'))).toBeTruthy()
})
