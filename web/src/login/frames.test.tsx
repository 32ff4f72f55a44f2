import { fireEvent, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { LOGIN_FIXTURES } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'

const { signedOut, ...page } = LOGIN_FIXTURES['signed out, leaving']
const leaving = (frames: string[]) => openLogin({ ...page, signedOut: { ...signedOut, frames } })
const frames = () => [...document.querySelectorAll('iframe')]

test('the applications are told, and then the browser goes back', () => {
  const { leave } = leaving(['https://one.test/out', 'https://two.test/out'])
  expect(screen.getByText(t('login:signed_out.leaving'))).toBeTruthy()
  expect(frames().map(({ src }) => src)).toEqual(['https://one.test/out', 'https://two.test/out'])
  fireEvent.load(frames()[0]!)
  expect(leave).not.toHaveBeenCalled()
  fireEvent.load(frames()[1]!)
  expect(leave.mock.calls).toEqual([[{ to: 'https://ledger.test/bye' }]])
})

test('FC1 after three seconds it goes back whoever did not answer', () => {
  vi.useFakeTimers()
  const { leave } = leaving(['https://slow.test/out'])
  vi.advanceTimersByTime(2_900)
  expect(leave).not.toHaveBeenCalled()
  vi.advanceTimersByTime(200)
  expect(leave.mock.calls).toEqual([[{ to: 'https://ledger.test/bye' }]])
  vi.useRealTimers()
})

test('who goes nowhere stays on the page', () => {
  const { leave } = openLogin({ ...page, signedOut: { ...signedOut, next: null } })
  fireEvent.load(frames()[0]!)
  expect(leave).not.toHaveBeenCalled()
  expect(screen.getByRole('link', { name: t('login:signed_out.again') })).toBeTruthy()
})
