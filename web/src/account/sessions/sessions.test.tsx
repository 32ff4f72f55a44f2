import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { here, phone, unknown } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const open = (sessions = [here, phone, unknown]) => {
  when('get /api/me/sessions', { sessions })
  return openRoom('/account/sessions')
}
const endOthers = () => screen.findByRole('button', { name: t('account:sessions.end_others') })

test('says where one is signed in', async () => {
  open()
  await screen.findByRole('heading', { level: 1, name: t('account:sessions.title') })
  await screen.findByText(t('account:sessions.device', { browser: 'Firefox', system: 'Android' }))
  expect(screen.getByText(t('account:sessions.device_unknown'))).toBeTruthy()
  await waitFor(() =>
    expect(document.title).toBe(t('common:title', { heading: t('account:sessions.title'), place: 'Acme' })),
  )
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

test('signing out here goes where the server says', async () => {
  const { user, go } = open([here])
  when('post /api/me/sign-out', { redirect: '/signed-out' })
  await user.click(await screen.findByRole('button', { name: t('common:sign_out') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/signed-out'))
})

test('a session that has ended meanwhile leads to the sign-in, and back here', async () => {
  const { user, go } = open([here])
  when('post /api/me/sign-out', { refuse: { code: 'unauthenticated' } })
  await user.click(await screen.findByRole('button', { name: t('common:sign_out') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/account/sessions'))
})

test('sessions that can not be loaded are said to be so, beside the other rooms', async () => {
  when('get /api/me/sessions', { refuse: { code: 'internal' } })
  openRoom('/account/sessions')
  await screen.findByRole('heading', { level: 1, name: t('account:failed.heading') })
  expect(screen.getByText(t('errors:internal'))).toBeTruthy()
  expect(screen.getByRole('link', { name: t('account:rooms.overview') })).toBeTruthy()
})

test('a list that can not be read again says so, and can be asked for', async () => {
  when('get /api/me/sessions', { sessions: [here, phone] }, { refuse: { code: 'internal' } }, { sessions: [here] })
  when('post /api/me/sessions/end', { ended: 1 })
  const { user } = openRoom('/account/sessions')
  await user.click(await screen.findByRole('button', { name: /Firefox/ }))
  await user.click(await screen.findByRole('button', { name: t('account:end_one.end') }))
  await screen.findByText(t('account:sessions.failed'))
  await user.click(screen.getByRole('button', { name: t('common:try_again') }))
  await screen.findByText(t('account:sessions.nowhere'))
})

test('every session ends after a question, this one too, and the last page follows', async () => {
  const sent = when('post /api/me/sessions/end', { ended: 2 })
  const { user, go } = open([here, phone])
  await user.click(await screen.findByRole('button', { name: t('account:sessions.everywhere') }))
  const dialog = await screen.findByRole('alertdialog', { name: t('account:end_all.title') })
  expect(sent).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: t('account:end_all.end') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/signed-out'))
  expect(sent).toEqual([{ session: 'all' }])
})
