import { screen, waitFor, within } from '@testing-library/react'
import { ACTIVITY_TYPES } from '@vestibule/shared/activity.ts'
import { expect, test } from 'vitest'
import { happened } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const rows = async () =>
  within(await screen.findByRole('region', { name: t('data:activity.title') })).getAllByRole('listitem')
const more = () => screen.findByRole('button', { name: t('data:activity.more') })

test('each thing that happened is a sentence, with its time and browser', async () => {
  when('get /api/me/activity', {
    activity: [
      happened(2, { type: 'application_opened', application: 'Ledger' }),
      happened(1, { type: 'profile_changed', by: 'manager', browser: null, system: null }),
    ],
    next: null,
  })
  openRoom('/account/activity')
  await screen.findByRole('heading', { level: 1, name: t('data:activity.title') })
  const [opened, changed] = (await rows()).map((row) => row.textContent)
  expect(opened).toContain(t('data:activity.types.application_opened', { application: 'Ledger' }))
  expect(opened).toContain(t('account:sessions.device', { browser: 'Firefox', system: 'Linux' }))
  expect(changed).toContain(t('data:activity.types.profile_changed'))
  expect(changed).toContain(t('data:activity.by_manager'))
  expect(screen.queryByRole('button', { name: t('data:activity.more') })).toBeNull()
})

test('an application that is gone is not named', async () => {
  when('get /api/me/activity', { activity: [happened(1, { type: 'grant_revoked' })], next: null })
  openRoom('/account/activity')
  const application = t('data:activity.an_application')
  expect((await rows())[0]?.textContent).toContain(t('data:activity.types.grant_revoked', { application }))
})

test('every kind of event has a sentence', async () => {
  const activity = ACTIVITY_TYPES.map((type, nth) => happened(nth, { type, application: 'Ledger' }))
  when('get /api/me/activity', { activity, next: null })
  openRoom('/account/activity')
  const texts = (await rows()).map((row) => row.querySelector('strong')?.textContent)
  expect(texts).toEqual(ACTIVITY_TYPES.map((type) => t(`data:activity.types.${type}`, { application: 'Ledger' })))
})

test('where nothing happened, it says so', async () => {
  when('get /api/me/activity', { activity: [], next: null })
  openRoom('/account/activity')
  expect(await screen.findByText(t('data:activity.empty'))).toBeTruthy()
})

test('more is shown below, and the first new row takes the focus', async () => {
  when(
    'get /api/me/activity',
    { activity: [happened(3), happened(2)], next: 'evt_2' },
    { activity: [happened(1), happened(0)], next: null },
  )
  const { user } = openRoom('/account/activity')
  await user.click(await more())
  await waitFor(async () => expect(await rows()).toHaveLength(4))
  expect(document.activeElement).toBe((await rows())[2])
  expect(screen.getByText(t('data:activity.loaded', { count: 2 }))).toBeTruthy()
  expect(screen.queryByRole('button', { name: t('data:activity.more') })).toBeNull()
})

test('what could not be loaded is said, and what is there stays', async () => {
  when('get /api/me/activity', { activity: [happened(1)], next: 'evt_1' }, 'unreachable')
  const { user } = openRoom('/account/activity')
  await user.click(await more())
  expect(await screen.findByText(t('errors:unreachable'))).toBeTruthy()
  expect(await rows()).toHaveLength(1)
})

async function sayNotMe() {
  when('get /api/me/activity', { activity: [happened(1)], next: null })
  const opened = openRoom('/account/activity')
  await opened.user.click(await screen.findByRole('button', { name: t('data:not_me.button') }))
  return { ...opened, dialog: within(await screen.findByRole('alertdialog')) }
}

test('“this was not me” asks once more, then leads to a new password', async () => {
  const sent = when('post /api/me/not-me', { ended: 2, password: 'to_replace' })
  const { user, dialog } = await sayNotMe()
  await user.click(dialog.getByRole('button', { name: t('data:not_me.keep') }))
  expect(sent).toHaveLength(0)
  await user.click(screen.getByRole('button', { name: t('data:not_me.button') }))
  await user.click(await screen.findByRole('button', { name: t('data:not_me.confirm') }))
  const next = await screen.findByRole('link', { name: t('data:not_me.password') })
  expect(next.getAttribute('href')).toBe('/account/password')
  await waitFor(() => expect(document.activeElement).toBe(next))
  expect(screen.getByText(t('data:not_me.done'))).toBeTruthy()
  expect(sent).toHaveLength(1)
})

test('where a passkey opens the account, no password does any more, and it leads to what does', async () => {
  when('post /api/me/not-me', { ended: 0, password: 'gone' })
  const { user, dialog } = await sayNotMe()
  await user.click(dialog.getByRole('button', { name: t('data:not_me.confirm') }))
  const next = await screen.findByRole('link', { name: t('data:not_me.security') })
  expect(next.getAttribute('href')).toBe('/account/security')
  expect(screen.getByText(t('data:not_me.done_by_passkey'))).toBeTruthy()
})

test('with an old proof it is asked for first, and leads back here', async () => {
  when('post /api/me/not-me', { refuse: { code: 'reauth_required' } })
  const stepUp = when('post /api/me/step-up', { redirect: '/login/req_1' })
  const { user, dialog, go } = await sayNotMe()
  await user.click(dialog.getByRole('button', { name: t('data:not_me.confirm') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/login/req_1'))
  expect(stepUp).toEqual([{ returnTo: 'activity' }])
})
