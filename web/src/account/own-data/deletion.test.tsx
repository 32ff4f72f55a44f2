import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { contacts, here, me, mine, profile } from '../../testing/app-fixtures.ts'
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

test('confirmed with the login name it is planned, and one room is left', async () => {
  const sent = when('post /api/me/deletion', { deletionAt: LEAVING.deletionAt })
  const { user, field, confirm } = await ask()
  when('get /api/me', LEAVING)
  await user.type(field, me.loginName.toUpperCase())
  await user.click(confirm)
  const heading = await screen.findByRole('heading', { level: 1, name: t('data:leaving.title') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText(planned())).toBeTruthy()
  expect(screen.queryByRole('navigation')).toBeNull()
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

test('instead of any room there is the one that is left; one press keeps the account and opens it', async () => {
  when('get /api/me/sessions', { refuse: { code: 'deletion_planned' } })
  when('post /api/me/deletion/undo', { deletionAt: null })
  const { user } = openRoom('/account/sessions', [mine], LEAVING)
  await screen.findByRole('heading', { level: 1, name: t('data:leaving.title') })
  when('get /api/me', me)
  when('get /api/me/sessions', { sessions: [here] })
  await user.click(screen.getByRole('button', { name: t('data:deletion.undo') }))
  const said = await screen.findByText(t('data:deletion.undone'))
  await waitFor(() => expect(document.activeElement?.contains(said)).toBe(true))
  expect(await screen.findByRole('heading', { level: 1, name: t('account:sessions.title') })).toBeTruthy()
  expect(await screen.findByText(t('account:sessions.active'))).toBeTruthy()
  expect(screen.queryByText(planned())).toBeNull()
})

test('what is pressed in a tab that does not know it yet leads to the room that is left', async () => {
  when('get /api/me/profile', profile)
  when('get /api/me/contacts', contacts)
  when('patch /api/me/profile', { refuse: { code: 'deletion_planned' } })
  const { user, go } = openRoom('/account/profile')
  await user.type(await screen.findByRole('textbox', { name: new RegExp(`^${t('profile:names.nickname')}`) }), 'x')
  await user.click(screen.getByRole('button', { name: t('common:save') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/account/profile'))
})

test('the link of the mail keeps it with one press', async () => {
  const sent = when('post /api/undo-deletion', { loginName: me.loginName })
  const { user } = openApp('/undo-deletion', 'vl_token')
  await user.click(await screen.findByRole('button', { name: t('data:undo_link.button') }))
  await screen.findByRole('heading', { level: 1, name: t('data:undo_link.done_heading') })
  expect(sent).toEqual([{ token: 'vl_token' }])
})
