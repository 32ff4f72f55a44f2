import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { here, me, phone, unknown } from '../testing/app-fixtures.ts'
import { openApp } from '../testing/open-app.tsx'
import { t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { greetingAt } from './overview/greeting.ts'

const open = (sessions = [here, phone, unknown]) => {
  when('get /api/me', me)
  when('get /api/me/sessions', { sessions })
  return openApp('/account')
}
const endOthers = () => screen.findByRole('button', { name: t('account:sessions.end_others') })

test('greets by name, and shows who and where one is', async () => {
  open()
  const greeting = t(`account:greeting.${greetingAt(new Date())}`, { name: 'Ada' })
  await screen.findByRole('heading', { level: 1, name: greeting })
  await screen.findByText(t('account:sessions.device', { browser: 'Firefox', system: 'Android' }))
  expect(screen.getByText(t('account:sessions.device_unknown'))).toBeTruthy()
  await waitFor(() =>
    expect(document.title).toBe(t('common:title', { heading: t('account:overview.title'), place: 'Acme' })),
  )
})

test.each([
  [4, 'morning'],
  [12, 'afternoon'],
  [18, 'evening'],
] as const)('at %i o’clock it is %s', (hour, greeting) => {
  expect(greetingAt(new Date(2026, 10, 22, hour))).toBe(greeting)
})

test('somebody who is not signed in is sent to the server, and nothing is drawn', async () => {
  when('get /api/me', { refuse: { code: 'unauthenticated' } })
  const { go } = openApp('/account')
  await waitFor(() => expect(go).toHaveBeenCalledWith('/account'))
  expect(screen.queryByRole('heading', { level: 1 })).toBeNull()
})

test('all other sessions end after a question; keeping them sends nothing', async () => {
  const sent = when('post /api/me/sessions/end', { ended: 2 })
  const { user } = open()
  await user.click(await endOthers())
  const dialog = await screen.findByRole('alertdialog', { name: t('account:end_others.title') })
  expect(within(dialog).getByText(t('account:end_others.text', { count: 2 }))).toBeTruthy()
  await user.click(within(dialog).getByRole('button', { name: t('account:end_others.keep') }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(sent).toEqual([])

  when('get /api/me/sessions', { sessions: [here] })
  await user.click(await endOthers())
  await user.click(await screen.findByRole('button', { name: t('account:end_others.end') }))
  await screen.findByText(t('account:sessions.nowhere'))
  expect(sent).toEqual([{ session: 'others' }])
  expect(screen.getByText(t('account:sessions.ended', { count: 2 }))).toBeTruthy()
})

test('one session ends, and its button names it', async () => {
  const sent = when('post /api/me/sessions/end', { ended: 1 })
  const { user } = open([here, phone])
  const device = t('account:sessions.device', { browser: 'Firefox', system: 'Android' })
  const [button] = await screen.findAllByRole('button', { name: new RegExp(device) })
  await user.click(button!)
  await user.click(await screen.findByRole('button', { name: t('account:end_one.end') }))
  await waitFor(() => expect(sent).toEqual([{ session: 'ses_phone' }]))
})

test('a refusal is said, and the list is asked for again', async () => {
  when('post /api/me/sessions/end', { refuse: { code: 'not_found' } })
  const { user } = open([here, phone])
  await user.click(await screen.findByRole('button', { name: /Firefox/ }))
  const asked = when('get /api/me/sessions', { sessions: [here] })
  await user.click(await screen.findByRole('button', { name: t('account:end_one.end') }))
  await screen.findByText(t('errors:not_found'))
  await waitFor(() => expect(asked).toHaveLength(1))
})

test('signing out goes where the server says', async () => {
  const { user, go } = open([here])
  when('post /api/me/sign-out', { redirect: '/signed-out' })
  await user.click(await screen.findByRole('button', { name: t('common:sign_out') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/signed-out'))
})

test('sessions that can not be loaded are said to be so, and can be asked for again', async () => {
  when('get /api/me', me)
  when('get /api/me/sessions', { refuse: { code: 'internal' } }, { sessions: [here] })
  const { user } = openApp('/account')
  await screen.findByText(t('account:sessions.failed'))
  await user.click(screen.getByRole('button', { name: t('common:try_again') }))
  await screen.findByRole('heading', { name: t('account:sessions.here') })
})

test('a room that does not exist says so', async () => {
  openApp('/nowhere')
  await screen.findByRole('heading', { name: t('account:failed.not_found_heading') })
})

test('a server that is out of reach is a page with a way on', async () => {
  when('get /api/me', 'unreachable')
  openApp('/account')
  await screen.findByText(t('errors:unreachable'))
  expect(screen.getByRole('link', { name: t('common:try_again') }).getAttribute('href')).toBe('/account')
})
