import { act, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { startTexts } from '../i18n.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { t } from '../testing/open-login.tsx'
import { stringsOf, TEST_LANGUAGE } from '../testing/texts.ts'
import { CodeField, codeIn, isOfCode } from './code-field.tsx'
import { ResendCode } from './resend-code.tsx'

const draw = (problem: ProblemAnswer | null, of: 'digits' | 'signs' = 'digits') => {
  startTexts(TEST_LANGUAGE, stringsOf())
  render(<CodeField label={t('common:code.label')} of={of} problem={problem} />)
  return screen.getByLabelText<HTMLInputElement>(t('common:code.label'))
}

test('is one field that takes a whole line, and is offered codes by the browser', () => {
  const field = draw(null)
  expect(field).toMatchObject({ type: 'text', name: 'code', inputMode: 'numeric', autocomplete: 'one-time-code' })
  expect(field.maxLength).toBeGreaterThan(100)
  expect(field.dir).toBe('ltr')
})

test('a code of signs brings the whole keyboard', () => {
  expect(draw(null, 'signs').inputMode).toBe('text')
})

test('a wrong code says how many tries are left', () => {
  const field = draw(new ProblemAnswer({ code: 'code_wrong', triesLeft: 3 }))
  expect(screen.getByText(t('common:code.wrong', { count: 3 }))).toBeTruthy()
  expect(field.getAttribute('aria-invalid')).toBe('true')
})

test('after the last try it says to ask for a new one', () => {
  draw(new ProblemAnswer({ code: 'code_expired' }))
  expect(screen.getByText(t('errors:code_expired'))).toBeTruthy()
})

test('nothing typed is missing; blanks around a code are not part of it', () => {
  const form = new FormData()
  form.set('code', '  ')
  const nothing = codeIn(form)
  expect(nothing).toMatchObject({ code: 'invalid_input', fields: { code: ['required'] } })
  expect(isOfCode(nothing as ProblemAnswer)).toBe(true)
  expect(isOfCode(new ProblemAnswer({ code: 'internal' }))).toBe(false)
  form.set('code', ' 123 456 ')
  expect(codeIn(form)).toBe('123 456')
})

const again = () => screen.queryByRole('button', { name: t('common:code.again') })

test('a new code can be asked for after the countdown, and its way is said', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  startTexts(TEST_LANGUAGE, stringsOf())
  const onResend = vi.fn<() => Promise<null>>(async () => null)
  const step = { resendIn: 30 }
  render(<ResendCode step={step} onResend={onResend} />)
  expect(screen.getByText(t('common:code.again_in', { time: '0:30' }))).toBeTruthy()
  expect(again()).toBeNull()
  act(() => void vi.advanceTimersByTime(29_000))
  expect(screen.getByText(t('common:code.again_in', { time: '0:01' }))).toBeTruthy()
  act(() => void vi.advanceTimersByTime(1_500))
  vi.useRealTimers()
  await userEvent.click(again()!)
  expect(onResend).toHaveBeenCalledOnce()
  expect((await screen.findByText(t('common:code.sent'))).closest('[role=status]')).toBeTruthy()
})

test('a refusal is said, and nothing is said to be on its way', async () => {
  startTexts(TEST_LANGUAGE, stringsOf())
  render(<ResendCode step={{ resendIn: 0 }} onResend={async () => new ProblemAnswer({ code: 'too_many_attempts' })} />)
  await userEvent.click(again()!)
  await screen.findByText(t('errors:too_many_attempts'))
  expect(screen.queryByText(t('common:code.sent'))).toBeNull()
})

test('after a new code was asked for the keyboard goes on from what says so', async () => {
  startTexts(TEST_LANGUAGE, stringsOf())
  const { rerender } = render(<ResendCode step={{ resendIn: 0 }} onResend={async () => null} />)
  await userEvent.click(screen.getByRole('button'))
  rerender(<ResendCode step={{ resendIn: 30 }} onResend={async () => null} />)
  expect(screen.queryByRole('button')).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('status'))
})
