import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { accounts, LOGIN_FIXTURES } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const submit = () => screen.getByRole('button', { name: t('common:sign_out') })

test('the account the application means is chosen; one press signs it out and names who is still in', async () => {
  const remaining = [{ ...accounts[1]!, state: 'signed_in' as const }]
  const sent = when('post /api/sign-out/{request}', { redirect: null, remaining })
  const { user, leave } = openLogin(LOGIN_FIXTURES['sign out, several'])
  expect(screen.getByText(t('login:sign_out.notices.redirect_refused'))).toBeTruthy()
  await user.click(submit())
  const heading = await screen.findByRole('heading', { name: t('login:signed_out.heading') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText(remaining[0]!.loginName)).toBeTruthy()
  expect(sent).toEqual([{ session: accounts[0]!.session }])
  expect(leave).not.toHaveBeenCalled()
})

test('all accounts can be signed out, and the registered address is followed', async () => {
  const sent = when('post /api/sign-out/{request}', { redirect: 'https://ledger.test/bye', remaining: [] })
  const { user, leave } = openLogin(LOGIN_FIXTURES['sign out, several'])
  await user.click(screen.getByRole('radio', { name: t('login:sign_out.all') }))
  await user.click(submit())
  await expect.poll(() => leave.mock.calls).toEqual([[{ to: 'https://ledger.test/bye' }]])
  expect(sent).toEqual([{ session: 'all' }])
})

test('a problem is shown with the button', async () => {
  when('post /api/sign-out/{request}', { refuse: { code: 'request_expired' } })
  const { user } = openLogin(LOGIN_FIXTURES['sign out'])
  await user.click(submit())
  await screen.findByText(t('errors:request_expired'))
})

test('the error page shows the id to send along, and copies it', async () => {
  const { user } = openLogin(LOGIN_FIXTURES.error)
  expect(screen.getByText(t('errors:invalid_request'))).toBeTruthy()
  await user.click(screen.getByRole('button', { name: t('common:copy') }))
  expect(await navigator.clipboard.readText()).toBe('7f3c91ae04d2')
  expect(screen.getByRole('button', { name: t('common:copied') })).toBeTruthy()
  expect(document.querySelector('time')?.dateTime).toBe('2026-11-22T16:08:00Z')
})
