import { screen, waitFor } from '@testing-library/react'
import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { expect, test } from 'vitest'
import { passwordRules } from '../testing/fixtures.ts'
import { openApp } from '../testing/open-app.tsx'
import { t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { takeToken } from './take-token.ts'

const GOOD = 'seven quiet lanterns'
const open = async (rules: Partial<PasswordRules> = {}) => {
  const looked = when('post /api/password-setup/look', {
    loginName: 'ada@acme.test',
    rules: { ...passwordRules, ...rules },
  })
  const app = openApp('/setup', 'tok_1')
  await screen.findByLabelText(t('common:new_password.label'))
  return { ...app, looked }
}
const field = () => screen.getByLabelText<HTMLInputElement>(t('common:new_password.label'))
const submit = () => screen.getByRole('button', { name: t('common:new_password.save') })

test('the token leaves the address at once', () => {
  history.replaceState(null, '', '/setup?x=1#tok%2D1')
  expect(takeToken()).toBe('tok-1')
  expect(location.href).toMatch(/\/setup\?x=1$/)
  expect(takeToken()).toBeNull()
})

test('sets the password with the token, and names whom to sign in as', async () => {
  const sent = when('post /api/password-setup', { loginName: 'ada@acme.test', signIn: '/login/req_1' })
  const { user, looked } = await open()
  expect(looked).toEqual([{ token: 'tok_1' }])
  expect(field().autocomplete).toBe('new-password')
  await waitFor(() => expect(document.activeElement).toBe(field()))
  await user.type(field(), `${GOOD}{Enter}`)
  const heading = await screen.findByRole('heading', { name: t('account:setup.done_heading') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText('ada@acme.test')).toBeTruthy()
  expect(screen.getByRole('link', { name: t('account:setup.sign_in') }).getAttribute('href')).toBe('/login/req_1')
  expect(sent).toEqual([{ token: 'tok_1', newPassword: GOOD }])
})

test('carries the login name for password managers', async () => {
  await open()
  const hidden = document.querySelector<HTMLInputElement>('input[autocomplete=username]')
  expect(hidden).toMatchObject({ value: 'ada@acme.test', hidden: true })
  expect(hidden?.form).toBe(field().form)
})

test('a password that breaks a rule is not sent, and stays', async () => {
  const sent = when('post /api/password-setup', { loginName: 'ada@acme.test', signIn: '/login/req_1' })
  const { user } = await open()
  await user.type(field(), 'short{Enter}')
  await screen.findByText(t('errors:field.too_short'))
  expect(field().value).toBe('short')
  await waitFor(() => expect(document.activeElement).toBe(field()))
  await waitFor(() => expect(document.title).toContain(t('account:setup.heading')))
  expect(sent).toEqual([])
})

test('what only the server finds stands beside the field', async () => {
  when('post /api/password-setup', { refuse: { code: 'invalid_input', fields: { newPassword: ['common'] } } })
  const { user } = await open()
  await user.type(field(), 'iloveyou1234{Enter}')
  await screen.findByText(t('errors:field.common'))
  expect(field().getAttribute('aria-invalid')).toBe('true')
  expect(field().value).toBe('iloveyou1234')
})

test('a link that was used or is too old says so, before and after one types', async () => {
  when('post /api/password-setup/look', { refuse: { code: 'code_invalid' } })
  openApp('/setup', 'tok_1')
  await screen.findByRole('heading', { name: t('account:setup.bad_heading') })

  when('post /api/password-setup', { refuse: { code: 'code_invalid' } })
  const { user } = await open()
  await user.type(field(), `${GOOD}{Enter}`)
  await waitFor(() => expect(screen.getAllByRole('heading', { name: t('account:setup.bad_heading') })).toHaveLength(2))
})

test('a link without its token says so at once', async () => {
  openApp('/setup')
  await screen.findByRole('heading', { name: t('account:setup.bad_heading') })
})

test('a link that can not be looked at now says why', async () => {
  when('post /api/password-setup/look', { refuse: { code: 'too_many_attempts' } })
  openApp('/setup', 'tok_1')
  await screen.findByText(t('errors:too_many_attempts'))
  expect(screen.getByRole('link', { name: t('common:your_account') }).getAttribute('href')).toBe('/account')
})

test('without an answer the password is still there', async () => {
  when('post /api/password-setup', 'unreachable')
  const { user } = await open()
  await user.type(field(), GOOD)
  await user.click(submit())
  await screen.findByText(t('errors:unreachable'))
  expect(field().value).toBe(GOOD)
})
