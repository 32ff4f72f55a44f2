import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const withPasskeys = () => {
  const reads = { isUserVerifyingPlatformAuthenticatorAvailable: () => Promise.resolve(true) }
  vi.stubGlobal('PublicKeyCredential', Object.assign(class {}, reads))
}
const button = (name: string) => screen.queryByRole('button', { name })
const password = () => screen.getByLabelText<HTMLInputElement>(t('registration:fields.newPassword'))

test('the form offers a passkey, and sends no password for it', async () => {
  withPasskeys()
  const sent = when('post /api/login/{request}/register', answerOf('verify_email'))
  const { user } = openLogin(answerOf('register', { step: { terms: null } }))
  await user.click(screen.getByRole('button', { name: t('passkeys:register.button') }))
  await screen.findByRole('heading', { name: t('registration:code.heading') })
  expect(sent).toMatchObject([{ way: 'passkey', newPassword: '' }])
})

test('where only passkeys open accounts, theirs is the one door, and no password is asked for', () => {
  withPasskeys()
  openLogin(answerOf('register', { step: { ways: ['passkey'] } }))
  expect(button(t('passkeys:register.button'))).toBeNull()
  expect(button(t('registration:submit'))).toMatchObject({ name: 'way', value: 'passkey' })
  expect(document.querySelector('[name=newPassword]')).toBeNull()
})

test('a browser without passkeys is offered none, and told so where there is nothing else', () => {
  vi.stubGlobal('PublicKeyCredential', undefined)
  openLogin(answerOf('register', { step: { ways: ['passkey'] } }))
  expect(button(t('registration:submit'))).toBeNull()
  expect(screen.getByText(t('passkeys:unsupported'))).toBeTruthy()
})

test('a password after all: in a browser that keeps passkeys that is said, for an offer', async () => {
  withPasskeys()
  const sent = when('post /api/login/{request}/first-password', answerOf('consent'))
  const { user } = openLogin(answerOf('finish_registration'))
  await user.click(screen.getByRole('button', { name: t('passkeys:register.rather_password') }))
  await user.type(password(), 'a long way to the lighthouse{Enter}')
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([{ newPassword: 'a long way to the lighthouse', keepsPasskeys: true }])
})

test('what is wrong with it stands beside it', async () => {
  when('post /api/login/{request}/first-password', {
    refuse: { code: 'invalid_input', fields: { newPassword: ['common'] } },
  })
  const { user } = openLogin(answerOf('finish_registration', { step: { ways: ['password'] } }))
  await user.type(password(), 'a long way to the lighthouse{Enter}')
  await screen.findByText(t('errors:field.common'))
  expect(password().value).toBe('a long way to the lighthouse')
})
