import { screen, waitFor, within } from '@testing-library/react'
import type { OwnPasskeys } from '@vestibule/shared/contract/own-passkeys.ts'
import { expect, test, vi } from 'vitest'
import { browserWithPrompt, creationOptions, refusal } from '../../testing/authenticator.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const phone = {
  id: 'crd_phone',
  label: 'Telefon',
  model: 'Apple Passwords',
  isSynced: true,
  createdAt: '2026-05-04T10:00:00Z',
  lastUsedAt: '2026-11-22T16:08:00Z',
  isRemovable: true,
}
const laptop = { ...phone, id: 'crd_laptop', label: null, model: null, isSynced: false, lastUsedAt: null }

/** The room, in a browser with passkeys whose device answers like this. */
async function open(change: Partial<OwnPasskeys> = {}, create = () => Promise.reject(new Error('nobody asks'))) {
  browserWithPrompt(create)
  when('get /api/me/passkeys', { isAllowed: true, passkeys: [], signal: null, ...change })
  const app = openRoom('/account/passkeys')
  await screen.findByRole('heading', { level: 1, name: t('passkeys:title') })
  return app
}

test('each is named by its owner, by its model, or just a passkey', async () => {
  await open({ passkeys: [phone, { ...phone, id: 'crd_2', label: null }, laptop] })
  const names = [...document.querySelectorAll('.key h2')].map(({ textContent }) => textContent)
  expect(names).toEqual(['Telefon', 'Apple Passwords', t('passkeys:unnamed')])
  const [first, , last] = screen.getAllByRole('listitem')
  expect(within(first!).getByText(t('passkeys:synced'))).toBeTruthy()
  expect(within(first!).getByText(t('passkeys:used', { date: '22. November 2026' }))).toBeTruthy()
  expect(within(last!).getByText(t('passkeys:only_here'))).toBeTruthy()
  expect(within(last!).getByText(t('passkeys:never_used'))).toBeTruthy()
})

test('the last way in has no button to remove it, and says what would help', async () => {
  await open({ passkeys: [{ ...phone, isRemovable: false }] })
  expect(screen.queryByRole('button', { name: t('passkeys:remove_named', { name: 'Telefon' }) })).toBeNull()
  expect(screen.getByText(t('passkeys:last_way'))).toBeTruthy()
})

test('one that is removed is asked about first, and what is said takes the focus', async () => {
  const sent = when('post /api/me/passkeys/remove', { isAllowed: true, passkeys: [], signal: null })
  const { user } = await open({ passkeys: [phone] })
  await user.click(screen.getByRole('button', { name: t('passkeys:remove_named', { name: 'Telefon' }) }))
  await user.click(await screen.findByRole('button', { name: t('passkeys:remove') }))
  const said = await screen.findByText(t('passkeys:removed', { name: 'Telefon' }))
  await waitFor(() => expect(document.activeElement).toBe(said.closest('[role=status]')))
  expect(sent).toEqual([{ id: 'crd_phone' }])
})

test('an empty name is that of the model again', async () => {
  const sent = when('post /api/me/passkeys/rename', { isAllowed: true, passkeys: [phone], signal: null })
  const { user } = await open({ passkeys: [phone] })
  await user.click(screen.getByRole('button', { name: `${t('passkeys:rename')} Telefon` }))
  const field = screen.getByLabelText(t('passkeys:name_label'))
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.clear(field)
  await user.keyboard('{Enter}')
  await screen.findByText(t('passkeys:renamed'))
  expect(sent).toEqual([{ id: 'crd_phone', label: null }])
})

test.each([
  ['NotAllowedError', 'given_up'],
  ['AbortError', 'given_up'],
  ['InvalidStateError', 'known'],
] as const)('a device that says %s is no alarm', async (name, said) => {
  when('post /api/me/passkeys/options', { options: creationOptions() })
  const { user } = await open({}, () => Promise.reject(refusal(name)))
  await user.click(screen.getByRole('button', { name: t('passkeys:add') }))
  await screen.findByText(t(`passkeys:${said}`))
  expect(document.querySelector('.notice.danger')).toBeNull()
})

test('where the organization wants none, that is said', async () => {
  await open({ isAllowed: false })
  expect(screen.getByText(t('passkeys:not_allowed'))).toBeTruthy()
  expect(screen.queryByRole('button', { name: t('passkeys:add') })).toBeNull()
})

test('a browser without passkeys says so', async () => {
  when('get /api/me/passkeys', { isAllowed: true, passkeys: [], signal: null })
  vi.unstubAllGlobals()
  openRoom('/account/passkeys')
  await screen.findByText(t('passkeys:unsupported'))
})

// last, because what is begun there never ends: the page is left
test('where the last proof is too old the person shows once more that it is them, and comes back here', async () => {
  when('post /api/me/passkeys/options', { refuse: { code: 'reauth_required' } })
  const sent = when('post /api/me/step-up', { redirect: '/login/req_1' })
  const { user, go } = await open()
  await user.click(screen.getByRole('button', { name: t('passkeys:add') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/login/req_1'))
  expect(sent).toEqual([{ returnTo: 'passkeys' }])
})
