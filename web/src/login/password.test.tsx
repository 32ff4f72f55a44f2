import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const field = () => screen.getByLabelText<HTMLInputElement>(t('common:password'))
const submit = () => screen.getByRole('button', { name: t('login:password.submit') })
const open = () => openLogin(answerOf('first_factor', { reasons: ['check_too_old'] }))

test('sends the password; staying signed in is not chosen beforehand', async () => {
  const sent = when('post /api/login/{request}/password', answerOf('consent'))
  const { user } = open()
  await user.type(field(), 'seven quiet lanterns{Enter}')
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([{ password: 'seven quiet lanterns', staySignedIn: false }])
})

test('stays signed in on request', async () => {
  const sent = when('post /api/login/{request}/password', answerOf('consent'))
  const { user } = open()
  await user.click(screen.getByRole('checkbox', { name: new RegExp(t('login:password.stay')) }))
  await user.type(field(), 'seven quiet lanterns{Enter}')
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent[0]).toMatchObject({ staySignedIn: true })
})

test('says whom it is about and why, and carries the login name for password managers', () => {
  open()
  expect(screen.getByText('ada@acme.test')).toBeTruthy()
  expect(screen.getByText(t('login:reasons.check_too_old'))).toBeTruthy()
  const hidden = document.querySelector<HTMLInputElement>('input[autocomplete=username]')
  expect(hidden).toMatchObject({ value: 'ada@acme.test', hidden: true })
  expect(hidden?.form).toBe(field().form)
  expect(field().name).toBe('password')
  expect(field().autocomplete).toBe('current-password')
})

test('a wrong password: the message stands with the field, which is emptied and has the focus', async () => {
  when('post /api/login/{request}/password', { refuse: { code: 'invalid_credentials' } })
  const { user } = open()
  await user.type(field(), 'wrong')
  await user.click(submit())
  await screen.findByText(t('errors:invalid_credentials'))
  expect(field().value).toBe('')
  expect(field().getAttribute('aria-invalid')).toBe('true')
  await waitFor(() => expect(document.activeElement).toBe(field()))
})

test('without an answer the password is still there', async () => {
  when('post /api/login/{request}/password', 'unreachable')
  const { user } = open()
  await user.type(field(), 'seven quiet lanterns')
  await user.click(submit())
  await screen.findByText(t('errors:unreachable'))
  expect(field().value).toBe('seven quiet lanterns')
})

test('is shown and hidden by a button that does not submit, and is covered again when it is sent', async () => {
  when('post /api/login/{request}/password', { refuse: { code: 'internal' } })
  const { user } = open()
  await user.type(field(), 'seven')
  await user.click(screen.getByRole('button', { name: t('common:show_password') }))
  expect(field().type).toBe('text')
  expect(screen.getByText(t('common:password_is_shown'))).toBeTruthy()
  await user.click(submit())
  await screen.findByText(t('errors:internal'))
  expect(field().type).toBe('password')
})

test('leads to another account', async () => {
  const sent = when('post /api/login/{request}/restart', answerOf('select_account'))
  const { user } = open()
  await user.click(screen.getByRole('button', { name: `${t('login:change')} ${t('login:use_another_account')}` }))
  await screen.findByRole('heading', { name: t('login:picker.heading') })
  expect(sent).toEqual([{ fresh: false }])
})
