import { act, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { LOGIN_FIXTURES } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'

const PROGRAM = { to: 'com.acme.ledger:/callback?code=abc&state=xyz' }
const heading = () => screen.getByRole('heading', { level: 1 })
const button = () => screen.queryByRole('button', { name: t('login:signed_in.open', { application: 'Ledger' }) })

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  history.replaceState(null, '', '/')
})

test('it hands the answer over once, says that it is done, and offers it by a press', async () => {
  history.replaceState(null, '', '/login/req_1?state=xyz')
  const { user, leave } = openLogin(LOGIN_FIXTURES['redirect, to a program'])
  expect(leave.mock.calls).toEqual([[PROGRAM]])
  expect(heading().textContent).toBe(t('login:signed_in.heading'))
  expect(document.title).toContain(t('login:signed_in.heading'))
  await user.click(button()!)
  expect(leave.mock.calls).toEqual([[PROGRAM], [PROGRAM]])
  // opened again it is another page
  expect([location.pathname, location.search]).toEqual(['/signed-in', ''])
})

test('once the page was out of sight the program has the code: nobody brings it a second time', () => {
  openLogin(LOGIN_FIXTURES['redirect, to a program'])
  button()!.focus()
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  expect(button()).toBeNull()
  expect(document.activeElement).toBe(heading())
})

test('after a minute the code is over, and so is the button', () => {
  vi.useFakeTimers()
  openLogin(LOGIN_FIXTURES['redirect, to a program'])
  act(() => void vi.advanceTimersByTime(59_000))
  expect(button()).not.toBeNull()
  act(() => void vi.advanceTimersByTime(1_000))
  expect(button()).toBeNull()
})

test('opened again it says the same of an app, and hands nothing over', () => {
  const { leave } = openLogin(LOGIN_FIXTURES['signed in, opened again'])
  expect(screen.getByText(t('login:signed_in.text_app'))).toBeTruthy()
  expect(screen.queryByRole('button', { name: t('common:continue') })).toBeNull()
  expect(leave).not.toHaveBeenCalled()
})
