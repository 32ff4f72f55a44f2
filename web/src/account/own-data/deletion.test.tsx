import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { me, mine } from '../../testing/app-fixtures.ts'
import { openApp, openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const LEAVING = { ...me, deletionAt: '2026-12-06T16:08:00Z' }
const planned = () => t('data:deletion.planned', { date: '6. Dezember 2026' })

/** The question, opened. */
async function ask() {
  const opened = openRoom('/account/data')
  await opened.user.click(await screen.findByRole('button', { name: t('data:deletion.button') }))
  const dialog = within(await screen.findByRole('alertdialog'))
  const field = dialog.getByLabelText(t('data:deletion.label'))
  const confirm = dialog.getByRole('button', { name: t('data:deletion.confirm') })
  return { ...opened, dialog, field, confirm }
}

test('says how long one may change one’s mind', async () => {
  openRoom('/account/data')
  expect(await screen.findByText(t('data:deletion.text', { count: 14 }))).toBeTruthy()
})

test('another login name sends nothing, and the field says why', async () => {
  const sent = when('post /api/me/deletion', { deletionAt: LEAVING.deletionAt })
  const { user, dialog, field, confirm } = await ask()
  await user.type(field, 'grace@acme.test')
  await user.click(confirm)
  expect(await dialog.findByText(t('data:deletion.mismatch'))).toBeTruthy()
  expect(document.activeElement).toBe(field)
  expect(sent).toHaveLength(0)
})

test('confirmed with the login name it is planned, and every room says so', async () => {
  const sent = when('post /api/me/deletion', { deletionAt: LEAVING.deletionAt })
  const { user, field, confirm } = await ask()
  when('get /api/me', LEAVING)
  await user.type(field, me.loginName.toUpperCase())
  await user.click(confirm)
  const notice = await screen.findByText(planned())
  await waitFor(() => expect(notice.closest('[tabindex]')).toBe(document.activeElement))
  expect(sent).toEqual([{ loginName: me.loginName.toUpperCase() }])
  expect(screen.queryByRole('button', { name: t('data:deletion.button') })).toBeNull()
})

test('with an old proof it is asked for first, and leads back here', async () => {
  when('post /api/me/deletion', { refuse: { code: 'reauth_required' } })
  when('post /api/me/step-up', { redirect: '/login/req_1' })
  const { user, field, confirm, go } = await ask()
  await user.type(field, me.loginName)
  await user.click(confirm)
  await waitFor(() => expect(go).toHaveBeenCalledWith('/login/req_1'))
})

test('the last who manages everything is told so', async () => {
  when('post /api/me/deletion', { refuse: { code: 'last_owner' } })
  const { user, dialog, field, confirm } = await ask()
  await user.type(field, me.loginName)
  await user.click(confirm)
  expect(await dialog.findByText(t('errors:last_owner'))).toBeTruthy()
})

test('in any room one press keeps the account', async () => {
  when('get /api/me', LEAVING)
  when('get /api/me/accounts', { accounts: [mine] })
  when('post /api/me/deletion/undo', { deletionAt: null })
  const { user } = openApp('/account')
  expect(await screen.findByText(planned())).toBeTruthy()
  when('get /api/me', me)
  await user.click(screen.getByRole('button', { name: t('data:deletion.undo') }))
  expect(await screen.findByText(t('data:deletion.undone'))).toBeTruthy()
  expect(screen.queryByText(planned())).toBeNull()
})

test('the link of the mail keeps it with one press', async () => {
  const sent = when('post /api/undo-deletion', { loginName: me.loginName })
  const { user } = openApp('/undo-deletion', 'vl_token')
  await user.click(await screen.findByRole('button', { name: t('data:undo_link.button') }))
  await screen.findByRole('heading', { level: 1, name: t('data:undo_link.done_heading') })
  expect(sent).toEqual([{ token: 'vl_token' }])
})
