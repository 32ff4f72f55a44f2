import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { answerOf, branding } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { offerCode } from './registration/offered-code.ts'

const REQUEST = 'req_0123456789abcdef0123456789abcdef'
const LINK = `#${REQUEST}.123456`
const waiting = (change: Parameters<typeof answerOf<'verify_email'>>[1] = {}) =>
  answerOf('verify_email', { request: REQUEST, ...change })
const code = () => screen.getByRole<HTMLInputElement>('textbox')
const submit = () => screen.getByRole('button', { name: t('registration:code.submit') })

test('the address is shown as it was typed, with how long the code lives', () => {
  openLogin(waiting())
  expect(screen.getByText('nia@new.test').closest('bdi')?.dir).toBe('ltr')
  expect(screen.getByText(t('registration:code.lives', { count: 10 }))).toBeTruthy()
  expect(document.activeElement).toBe(code())
})

test('when the code is over the page says so by itself', () => {
  vi.useFakeTimers()
  openLogin(waiting({ step: { endsIn: 90 } }))
  act(() => void vi.advanceTimersByTime(89_000))
  expect(screen.queryByText(t('registration:code.over'))).toBeNull()
  act(() => void vi.advanceTimersByTime(1_500))
  vi.useRealTimers()
  expect(screen.getByText(t('registration:code.over'))).toBeTruthy()
})

test('a wrong code stays, and the tries that are left are said', async () => {
  when('post /api/login/{request}/email-code', { refuse: { code: 'code_wrong', triesLeft: 3 } })
  const { user } = openLogin(waiting())
  await user.type(code(), '123 456{Enter}')
  await screen.findByText(t('common:code.wrong', { count: 3 }))
  expect(code().value).toBe('123 456')
  await waitFor(() => expect(document.activeElement).toBe(code()))
})

test('a new code is asked for, and another address is typed', async () => {
  const resent = when('post /api/login/{request}/email-code-resend', waiting())
  const changed = when('post /api/login/{request}/registration-change', answerOf('register'))
  const { user } = openLogin(waiting({ step: { resendIn: 0 } }))
  await user.click(screen.getByRole('button', { name: t('common:code.again') }))
  await screen.findByText(t('common:code.sent'))
  expect(resent).toEqual([{}])
  await user.click(screen.getByRole('button', { name: t('registration:code.change') }))
  await screen.findByRole('heading', { name: t('registration:heading') })
  expect(changed).toEqual([{}])
})

test('a code that a link brought to another tab is filled in here, and not sent', async () => {
  const sent = when('post /api/login/{request}/email-code', answerOf('redirect'))
  openLogin(waiting())
  act(() => offerCode({ request: 'req_of_somebody_else', code: '999999' }))
  act(() => offerCode({ request: REQUEST, code: '123456' }))
  await screen.findByText(t('registration:code.filled'))
  expect(code().value).toBe('123456')
  expect(sent).toEqual([])
})

test('in the browser that waits the link draws the step with the code filled in', async () => {
  history.replaceState(null, '', `/verify${LINK}`)
  when('get /api/login/{request}', waiting())
  const sent = when('post /api/login/{request}/email-code', answerOf('redirect'))
  const { user } = openLogin({ kind: 'verify', branding })
  await screen.findByText(t('registration:code.filled'))
  expect(code().value).toBe('123456')
  expect(location.pathname + location.hash).toBe(`/login/${REQUEST}`)
  expect(sent).toEqual([])
  await user.click(submit())
  await waitFor(() => expect(sent).toEqual([{ code: '123456' }]))
})

test('anywhere else it shows the code, and nothing to press', async () => {
  history.replaceState(null, '', `/verify${LINK}`)
  when('get /api/login/{request}', { refuse: { code: 'request_not_found' } })
  openLogin({ kind: 'verify', branding })
  const heading = await screen.findByRole('heading', { name: t('registration:verify.heading') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText('123456')).toBeTruthy()
  expect(screen.queryAllByRole('button')).toEqual([])
  expect(location.hash).toBe(LINK)
})

test('a request that is finished says so', async () => {
  history.replaceState(null, '', `/verify${LINK}`)
  when('get /api/login/{request}', { refuse: { code: 'request_finished' } })
  openLogin({ kind: 'verify', branding })
  await screen.findByText(t('errors:request_finished'))
})

test.each(['', '#', '#123456', '#req_1.123456', `${LINK}7`, `#${REQUEST}.<img src=x>`])(
  'a link with %j behind it is none',
  (fragment) => {
    history.replaceState(null, '', `/verify${fragment}`)
    openLogin({ kind: 'verify', branding })
    expect(screen.getByRole('heading', { name: t('registration:verify.bad_heading') })).toBeTruthy()
    expect(screen.getByRole('link', { name: t('common:your_account') }).getAttribute('href')).toBe('/account')
  },
)

test('whoever takes a passkey has a step more', () => {
  const stepIs = (at: number, of: number) => expect(screen.getByText(t('common:step', { at, of }))).toBeTruthy()
  openLogin(waiting())
  stepIs(2, 2)
  cleanup()
  openLogin(waiting({ step: { way: 'passkey' } }))
  stepIs(2, 3)
  cleanup()
  openLogin(answerOf('finish_registration'))
  stepIs(3, 3)
})
