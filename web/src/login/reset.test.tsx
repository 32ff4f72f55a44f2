import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { answerOf, branding, passwordRules } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { tellOtherTabs } from './reset/other-tabs.ts'

const GOOD = 'seven quiet lanterns'
const code = () => screen.getByLabelText<HTMLInputElement>(t('password:code.label'))
const password = () => screen.getByLabelText<HTMLInputElement>(t('common:new_password.label'))
const press = (name: string) => screen.getByRole('button', { name })

test('the password step leads to a reset, where the organization wants one', async () => {
  const asked = when('post /api/login/{request}/reset', answerOf('reset_code'))
  const { user } = openLogin(answerOf('first_factor'))
  await user.click(press(t('password:forgot')))
  await screen.findByRole('heading', { name: t('password:code.heading') })
  expect(asked).toEqual([{}])
  await waitFor(() => expect(document.activeElement).toBe(code()))
})

test('otherwise nothing leads there', () => {
  openLogin(answerOf('first_factor', { step: { canReset: false } }))
  expect(screen.queryByRole('button', { name: t('password:forgot') })).toBeNull()
})

test('who is locked out after failures may still set a new password', async () => {
  when('post /api/login/{request}/reset', answerOf('reset_code'))
  const { user } = openLogin(answerOf('first_factor', { step: { lockedFor: 900, methods: [] } }))
  await user.click(press(t('password:forgot')))
  await screen.findByRole('heading', { name: t('password:code.heading') })
})

test('the code is sent as it was typed, and a wrong one stays with the tries that are left', async () => {
  const sent = when(
    'post /api/login/{request}/reset-code',
    { refuse: { code: 'code_wrong', triesLeft: 4 } },
    answerOf('new_password'),
  )
  const { user } = openLogin(answerOf('reset_code'))
  expect(code().inputMode).toBe('text')
  await user.type(code(), 'abcd efgh{Enter}')
  await screen.findByText(t('common:code.wrong', { count: 4 }))
  expect(code().value).toBe('abcd efgh')
  await user.clear(code())
  await user.type(code(), 'ABCD-EFGJ{Enter}')
  await screen.findByRole('heading', { name: t('password:choose.heading') })
  expect(sent).toEqual([{ code: 'abcd efgh' }, { code: 'ABCD-EFGJ' }])
})

test('says how long the code works, that its time is up, and how to get another', async () => {
  const asked = when('post /api/login/{request}/reset', answerOf('reset_code'))
  const { user } = openLogin(answerOf('reset_code', { step: { endsIn: 0, resendIn: 0, triesLeft: 0 } }))
  expect(screen.getByText(t('password:code.over'))).toBeTruthy()
  await user.click(press(t('common:code.again')))
  await screen.findByText(t('common:code.sent'))
  expect(screen.getByText(t('password:code.lives', { count: 10 }))).toBeTruthy()
  expect(asked).toEqual([{}])
})

test('says nothing of an address: the page is the same for every name', () => {
  openLogin(answerOf('reset_code'))
  expect(screen.getByText(t('password:code.lead'))).toBeTruthy()
  expect(document.querySelector('main')?.textContent).not.toContain('•')
})

test.each(['reset_code', 'new_password'] as const)('%s leads back to the password', async (kind) => {
  const left = when('post /api/login/{request}/reset-cancel', answerOf('first_factor'))
  const { user } = openLogin(answerOf(kind))
  await user.click(press(t('password:back')))
  await screen.findByRole('heading', { name: t('login:password.heading') })
  expect(left).toEqual([{}])
})

test('a link that was pressed in another tab lets this one go on', async () => {
  when('get /api/login/{request}', answerOf('new_password'))
  openLogin(answerOf('reset_code'))
  act(() => tellOtherTabs('req_of_another'))
  act(() => tellOtherTabs('req_1'))
  await screen.findByRole('heading', { name: t('password:choose.heading') })
})

test('the new password goes with the wish about other sessions, and is asked for afterwards', async () => {
  const sent = when(
    'post /api/login/{request}/new-password',
    answerOf('first_factor', { reasons: ['password_was_reset'] }),
  )
  const { user } = openLogin(answerOf('new_password'))
  expect(password().autocomplete).toBe('new-password')
  expect(document.querySelector<HTMLInputElement>('input[autocomplete=username]')?.value).toBe('ada@acme.test')
  await user.click(screen.getByRole('checkbox', { name: new RegExp(t('password:choose.elsewhere')) }))
  await user.type(password(), `${GOOD}{Enter}`)
  await screen.findByText(t('login:reasons.password_was_reset'))
  expect(sent).toEqual([{ newPassword: GOOD, endOtherSessions: false }])
})

test('what breaks a rule is not sent, and what only the server finds stands with the field', async () => {
  const sent = when('post /api/login/{request}/new-password', {
    refuse: { code: 'invalid_input', fields: { newPassword: ['reused'] } },
  })
  const { user } = openLogin(answerOf('new_password'))
  await user.type(password(), 'lovelace forever{Enter}')
  await screen.findByText(t('errors:field.context'))
  expect(sent).toEqual([])
  await user.clear(password())
  await user.type(password(), `${GOOD}{Enter}`)
  await screen.findByText(t('errors:field.reused'))
  expect(password().value).toBe(GOOD)
})

const LINK = { request: null, loginName: 'ada@acme.test', rules: passwordRules, branding }
function openLink(look: Partial<{ request: string }> | 'bad' | 'busy' = {}) {
  history.replaceState(null, '', '/reset#vl_token')
  const looked =
    typeof look === 'string'
      ? when('post /api/password-reset/look', {
          refuse: { code: look === 'bad' ? 'code_invalid' : 'too_many_attempts' },
        })
      : when('post /api/password-reset/look', { ...LINK, ...look })
  return { ...openLogin({ kind: 'reset', branding }), looked }
}

test('a link opened where the request waits goes on there by a press, and by nothing else', async () => {
  const pressed = when('post /api/login/{request}/reset-link', answerOf('new_password'))
  const { user, leave, looked } = openLink({ request: 'req_1' })
  await screen.findByText(t('password:link.here_text'))
  expect(looked).toEqual([{ token: 'vl_token' }])
  expect(location.hash).toBe('')
  expect(pressed).toEqual([])
  await user.click(press(t('password:link.go_on')))
  await waitFor(() => expect(leave).toHaveBeenCalledWith({ to: '/login/req_1' }))
  expect(pressed).toEqual([{ token: 'vl_token' }])
})

test('opened anywhere else it sets the password, and says where to go on', async () => {
  const sent = when('post /api/password-reset', { loginName: 'ada@acme.test' })
  const { user } = openLink()
  await screen.findByRole('heading', { name: t('password:choose.heading') })
  await waitFor(() => expect(document.activeElement).toBe(password()))
  await user.type(password(), `${GOOD}{Enter}`)
  const heading = await screen.findByRole('heading', { name: t('password:link.done_heading') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText('ada@acme.test')).toBeTruthy()
  expect(sent).toEqual([{ token: 'vl_token', newPassword: GOOD, endOtherSessions: true }])
})

test('a link that is spent says so, before and after one types', async () => {
  openLink('bad')
  await screen.findByRole('heading', { name: t('password:link.bad_heading') })
  when('post /api/password-reset', { refuse: { code: 'code_invalid' } })
  const { user } = openLink()
  await user.type(await screen.findByLabelText(t('common:new_password.label')), `${GOOD}{Enter}`)
  await waitFor(() => expect(screen.getAllByRole('heading', { name: t('password:link.bad_heading') })).toHaveLength(2))
})

test('a link that can not be looked at now says why', async () => {
  openLink('busy')
  await screen.findByText(t('errors:too_many_attempts'))
})

test('coming back to the page asks which step is true now', async () => {
  when('get /api/login/{request}', answerOf('first_factor', { reasons: ['password_was_reset'] }))
  openLogin(answerOf('reset_code'))
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  await screen.findByText(t('login:reasons.password_was_reset'))
})

test('a password that has to be replaced is, with the reason, and on it goes', async () => {
  const sent = when('post /api/login/{request}/change-password', answerOf('consent'))
  const { user } = openLogin(answerOf('change_password', { reasons: ['password_expired'] }))
  expect(screen.getByText(t('login:reasons.password_expired'))).toBeTruthy()
  await user.type(password(), `${GOOD}{Enter}`)
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([{ newPassword: GOOD, endOtherSessions: true }])
})

test('it can be left for the application', async () => {
  when('post /api/login/{request}/cancel', answerOf('redirect'))
  const { user } = openLogin(answerOf('change_password', { reasons: ['password_must_change'] }))
  await user.click(screen.getByRole('button', { name: /Ledger/ }))
  await screen.findByRole('heading', { name: /Ledger/ })
})

test('the step after a sign-in says until when the password counts', () => {
  openLogin(answerOf('consent', { passwordEndsAt: '2026-12-24T09:00:00Z' }))
  expect(screen.getByText(t('password:ends', { date: '24. Dezember 2026' }))).toBeTruthy()
})
