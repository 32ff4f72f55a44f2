import { screen, waitFor } from '@testing-library/react'
import { PASSWORD_LEAST, PASSWORD_MOST } from '@vestibule/shared/password-rules.ts'
import { expect, test } from 'vitest'
import { openApp } from '../testing/open-app.tsx'
import { t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { brokenRules } from './setup/rules.tsx'
import { takeToken } from './setup/take-token.ts'

const GOOD = 'seven quiet lanterns'
const open = async () => {
  const app = openApp('/setup', 'tok_1')
  await screen.findByRole('heading', { name: t('account:setup.heading') })
  return app
}
const field = () => screen.getByLabelText<HTMLInputElement>(t('account:setup.label'))
const submit = () => screen.getByRole('button', { name: t('account:setup.submit') })
const mark = () => document.querySelector('.rules li')

test('the token leaves the address at once', () => {
  history.replaceState(null, '', '/setup?x=1#tok%2D1')
  expect(takeToken()).toBe('tok-1')
  expect(location.href).toMatch(/\/setup\?x=1$/)
  expect(takeToken()).toBeNull()
})

test('sets the password with the token, and names whom to sign in as', async () => {
  const sent = when('post /api/password-setup', { loginName: 'ada@acme.test' })
  const { user } = await open()
  expect(field().autocomplete).toBe('new-password')
  await user.type(field(), `${GOOD}{Enter}`)
  const heading = await screen.findByRole('heading', { name: t('account:setup.done_heading') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(screen.getByText('ada@acme.test')).toBeTruthy()
  expect(screen.getByRole('link', { name: t('account:setup.sign_in') }).getAttribute('href')).toBe('/account')
  expect(sent).toEqual([{ token: 'tok_1', newPassword: GOOD }])
})

test('the rule is ticked off while one types', async () => {
  const { user } = await open()
  expect(mark()?.textContent).toContain(t('account:setup.rules.unmet'))
  await user.type(field(), GOOD)
  expect(mark()?.className).toBe('met')
  expect(mark()?.textContent).toContain(t('account:setup.rules.met'))
})

test('a password that breaks a rule is not sent, and stays', async () => {
  const { user } = await open()
  await user.type(field(), 'short{Enter}')
  await screen.findByText(t('account:setup.unmet'))
  expect(field().value).toBe('short')
  await waitFor(() => expect(document.activeElement).toBe(field()))
  await waitFor(() => expect(document.title).toContain(t('account:setup.heading')))
})

test('length is counted in characters, not in bytes', () => {
  expect(brokenRules('🕯'.repeat(PASSWORD_LEAST - 1))).toEqual(['too_short'])
  expect(brokenRules('🕯'.repeat(PASSWORD_MOST))).toEqual([])
  expect(brokenRules('x'.repeat(PASSWORD_MOST + 1))).toEqual(['too_long'])
})

test('a link that was used or is too old says so', async () => {
  when('post /api/password-setup', { refuse: { code: 'code_invalid' } })
  const { user } = await open()
  await user.type(field(), `${GOOD}{Enter}`)
  await screen.findByRole('heading', { name: t('account:setup.bad_heading') })
})

test('a link without its token says so at once', async () => {
  openApp('/setup')
  await screen.findByRole('heading', { name: t('account:setup.bad_heading') })
})

test('without an answer the password is still there', async () => {
  when('post /api/password-setup', 'unreachable')
  const { user } = await open()
  await user.type(field(), GOOD)
  await user.click(submit())
  await screen.findByText(t('errors:unreachable'))
  expect(field().value).toBe(GOOD)
})
