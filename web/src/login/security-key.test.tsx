import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { browserWithPrompt, creationOptions, credential, refusal } from '../testing/authenticator.ts'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const checkOptions = {
  challenge: 'Y2hhbGxlbmdl',
  timeout: 1,
  userVerification: 'discouraged' as const,
  rpId: 'localhost',
  allowCredentials: [{ id: 'a2V5', type: 'public-key' as const, transports: ['usb'] }],
}

/** What the browser's prompt comes to. */
let prompt: () => Promise<unknown>
beforeEach(() => {
  prompt = () => Promise.resolve(credential)
  browserWithPrompt(() => prompt())
  when('post /api/login/{request}/security-key-options', { options: checkOptions })
  when('post /api/login/{request}/enroll-security-key-options', { options: creationOptions('discouraged') })
})

const atCheck = () => openLogin(answerOf('second_factor', { step: { methods: ['security_key', 'recovery_code'] } }))
const atSetup = (methods: readonly ('totp' | 'security_key')[] = ['totp', 'security_key']) =>
  openLogin(answerOf('enroll_second_factor', { step: { methods: [...methods], canSkip: false } }))
const row = (method: 'security_key' | 'recovery_code') =>
  screen.getByRole('button', { name: new RegExp(t(`factors:names.${method}`)) })
const button = (use: 'check' | 'setup') => screen.findByRole('button', { name: t(`keys:${use}.submit`) })

test('a key is shown, and the step that is answered is drawn', async () => {
  const sent = when('post /api/login/{request}/security-key', answerOf('consent'))
  const { user } = atCheck()
  await user.click(await button('check'))
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toMatchObject([{ credential: { id: 'a2V5', response: { signature: 'AQ' } } }])
})

test('a prompt that is cancelled is no error: everything else is offered, and the heading has the focus', async () => {
  prompt = () => Promise.reject(refusal('NotAllowedError'))
  const sent = when('post /api/login/{request}/security-key', answerOf('consent'))
  const { user } = atCheck()
  await user.click(await button('check'))
  await screen.findByText(t('keys:check.given_up'))
  expect(screen.getByText(t('keys:check.given_up')).closest('[role=status]')).toBeTruthy()
  expect(row('recovery_code')).toBeTruthy()
  expect(row('security_key')).toBeTruthy()
  expect(document.activeElement?.tagName).toBe('H1')
  await user.click(row('security_key'))
  expect(screen.queryByText(t('keys:check.given_up'))).toBeNull()
  expect(sent).toEqual([])
})

test('a key that is refused says so where it was pressed', async () => {
  when('post /api/login/{request}/security-key', { refuse: { code: 'security_key_refused' } })
  const { user } = atCheck()
  await user.click(await button('check'))
  await screen.findByText(t('errors:security_key_refused'))
  expect(screen.getByRole('button', { name: t('factors:check.other') })).toBeTruthy()
})

test('a key is set up, and the codes that come with it are shown', async () => {
  const sent = when('post /api/login/{request}/enroll-security-key', answerOf('recovery_codes'))
  const { user } = atSetup()
  await user.click(row('security_key'))
  expect(await screen.findByRole('heading', { level: 1, name: t('keys:setup.heading') })).toBe(document.activeElement)
  await user.click(await button('setup'))
  await screen.findByRole('heading', { name: t('factors:codes.heading') })
  expect(sent).toMatchObject([
    { credential: { id: 'a2V5', response: { attestationObject: 'AQ', transports: ['usb'] } } },
  ])
})

test.each([
  ['NotAllowedError', 'given_up'],
  ['InvalidStateError', 'known'],
] as const)('after %s the other ways are there, with a word about it', async (error, why) => {
  prompt = () => Promise.reject(refusal(error))
  const { user } = atSetup()
  await user.click(row('security_key'))
  await user.click(await button('setup'))
  await screen.findByText(t(`keys:setup.${why}`))
  await waitFor(() => expect(document.activeElement?.textContent).toBe(t('factors:enroll.heading')))
  expect(row('security_key')).toBeTruthy()
})

test('where it is the only way it stays', async () => {
  prompt = () => Promise.reject(refusal('NotAllowedError'))
  const { user } = atSetup(['security_key'])
  await user.click(row('security_key'))
  await user.click(await button('setup'))
  await screen.findByText(t('keys:setup.given_up'))
  expect(await button('setup')).toBeTruthy()
  expect(screen.queryByRole('button', { name: t('factors:check.other') })).toBeNull()
})

test('a browser that knows no keys says so', async () => {
  vi.stubGlobal('PublicKeyCredential', undefined)
  atCheck()
  await screen.findByText(t('keys:unsupported'))
  expect(screen.queryByRole('button', { name: t('keys:check.submit') })).toBeNull()
})
