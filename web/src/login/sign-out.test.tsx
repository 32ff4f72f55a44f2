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

test('a login that is over leads back to the application first, and to the own account besides', () => {
  openLogin(LOGIN_FIXTURES['error, expired'])
  const back = screen.getByRole('link', { name: t('login:back_to', { application: 'Ledger' }) })
  expect(back.getAttribute('href')).toBe('https://ledger.test/start?iss=https%3A%2F%2Facme.test')
  expect(screen.getByRole('link', { name: t('common:your_account') }).getAttribute('href')).toBe('/account')
})

test.each(['https://ledger.test/start?iss=https%3A%2F%2Facme.test', null])(
  'after a sign-out one signs in again where the application begins that (%s), or at the own account',
  (again) => {
    const { signedOut, ...page } = LOGIN_FIXTURES['signed out']
    openLogin({ ...page, signedOut: { ...signedOut, again } })
    const link = screen.getByRole('link', { name: t('login:signed_out.again') })
    expect(link.getAttribute('href')).toBe(again ?? '/account')
  },
)
