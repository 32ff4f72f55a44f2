import { act, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { TEST_LANGUAGE } from '../testing/texts.ts'
import { fromNow } from '../ui/from-now.ts'

const locked = (lockedFor: number) => answerOf('first_factor', { step: { methods: [], lockedFor } })
const field = () => screen.queryByLabelText(t('common:password'))
const sentence = (seconds: number) => t('login:locked.text', { when: fromNow(TEST_LANGUAGE, seconds) })

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }))
afterEach(() => void vi.useRealTimers())

test('says until when no password is taken, and offers another account', async () => {
  const sent = when('post /api/login/{request}/restart', answerOf('identify'))
  const { user } = openLogin(locked(720))
  expect(screen.getByText(sentence(720))).toBeTruthy()
  expect(field()).toBeNull()
  await user.click(screen.getByRole('button', { name: t('login:use_another_account') }))
  await screen.findByRole('heading', { name: t('login:identify.heading') })
  expect(sent).toEqual([{ fresh: true }])
})

test('the failure that locks leads there, and the heading has the focus', async () => {
  when('post /api/login/{request}/password', { refuse: { code: 'too_many_attempts', retryAfter: 900 } })
  when('get /api/login/{request}', locked(900))
  const { user } = openLogin(answerOf('first_factor'))
  await user.type(field()!, 'wrong{Enter}')
  const heading = await screen.findByRole('heading', { name: t('login:locked.heading') })
  expect(document.activeElement).toBe(heading)
})

test('a wait of seconds is said at the form, and what was typed stays', async () => {
  when('post /api/login/{request}/password', { refuse: { code: 'too_many_attempts', retryAfter: 8 } })
  when('get /api/login/{request}', answerOf('first_factor'))
  const { user } = openLogin(answerOf('first_factor'))
  await user.type(field()!, 'seven quiet lanterns{Enter}')
  await screen.findByText(t('errors:too_many_attempts_until', { when: fromNow(TEST_LANGUAGE, 8) }))
  expect(field()).toMatchObject({ value: 'seven quiet lanterns' })
})

test('counts down, and opens by itself', async () => {
  when('get /api/login/{request}', locked(300), answerOf('first_factor'))
  openLogin(locked(360))
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  await screen.findByText(sentence(300))
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  await screen.findByRole('heading', { name: t('login:password.heading') })
  expect(document.activeElement).toBe(field())
})
