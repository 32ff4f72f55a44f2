import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const field = () => screen.getByRole<HTMLInputElement>('textbox')
const submit = () => screen.getByRole('button', { name: t('common:continue') })

test('sends what was typed, and draws the step that is answered', async () => {
  const sent = when('post /api/login/{request}/identifier', answerOf('first_factor'))
  const { user } = openLogin(answerOf('identify'))
  await user.type(field(), ' ada@acme.test{Enter}')
  await screen.findByRole('heading', { name: t('login:password.heading') })
  expect(sent).toEqual([{ identifier: 'ada@acme.test' }])
})

test('the label says what is accepted, and the field is made for it', () => {
  openLogin(answerOf('identify', { step: { accepts: ['username', 'email', 'phone'] } }))
  const input = screen.getByLabelText<HTMLInputElement>(t('login:identify.labels.email_phone_username'))
  const attributes = Object.fromEntries([...input.attributes].map(({ name, value }) => [name, value]))
  expect(attributes).toMatchObject({
    name: 'identifier',
    type: 'text',
    autocomplete: 'username webauthn',
    autocapitalize: 'none',
    spellcheck: 'false',
    dir: 'ltr',
  })
})

test('where only an address is accepted, the field is one for addresses', () => {
  openLogin(answerOf('identify', { step: { accepts: ['email'] } }))
  expect(screen.getByLabelText<HTMLInputElement>(t('login:identify.labels.email')).type).toBe('email')
})

test('is prefilled by the hint of the application', () => {
  openLogin(answerOf('identify', { step: { loginHint: 'ada@acme.test' } }))
  expect(field().value).toBe('ada@acme.test')
})

test('an empty field is not sent; the error stands beside the field and is linked to it', async () => {
  const { user } = openLogin(answerOf('identify'))
  await user.click(submit())
  await waitFor(() => expect(document.activeElement).toBe(field()))
  expect(field().getAttribute('aria-invalid')).toBe('true')
  const error = document.getElementById(field().getAttribute('aria-describedby')!)
  expect(error?.textContent).toBe(t('errors:field.required'))
  await waitFor(() =>
    expect(document.title).toMatch(t('common:title_with_error', { title: '' }).replace(/⟧$/, '').trim()),
  )
})

test('without an answer nothing typed is lost, and the message stands with the button', async () => {
  when('post /api/login/{request}/identifier', 'unreachable')
  const { user } = openLogin(answerOf('identify'))
  await user.type(field(), 'ada@acme.test')
  await user.click(submit())
  await screen.findByText(t('errors:unreachable'))
  expect(field().value).toBe('ada@acme.test')
  expect(field().getAttribute('aria-invalid')).toBe('false')
})

test('a second press while the first is under way sends nothing, then or later', async () => {
  const sent = when('post /api/login/{request}/identifier', { refuse: { code: 'internal' } })
  const { user } = openLogin(answerOf('identify'))
  await user.type(field(), 'ada')
  fireEvent.click(submit())
  fireEvent.click(submit())
  await screen.findByText(t('errors:internal'))
  await expect.poll(() => submit().getAttribute('aria-busy')).toBe('false')
  expect(sent).toHaveLength(1)
})

test('too many tries: the page says when the next one counts', async () => {
  when('post /api/login/{request}/identifier', { refuse: { code: 'too_many_attempts', retryAfter: 240 } })
  const { user } = openLogin(answerOf('identify'))
  await user.type(field(), 'ada{Enter}')
  const soon = new Intl.RelativeTimeFormat('de', { numeric: 'always' }).format(4, 'minute')
  await screen.findByText(t('errors:too_many_attempts_until', { when: soon }))
})

test('leads back to the accounts of this browser, and to the application', async () => {
  const restarted = when('post /api/login/{request}/restart', answerOf('select_account'))
  const cancelled = when('post /api/login/{request}/cancel', answerOf('redirect'))
  const { user, leave } = openLogin(answerOf('identify', { step: { hasAccounts: true } }))
  await user.click(screen.getByRole('button', { name: t('login:identify.choose') }))
  await screen.findByRole('heading', { name: t('login:picker.heading') })
  expect(restarted).toEqual([{ fresh: false }])
  await user.click(screen.getByRole('button', { name: t('login:back_to', { application: 'Ledger' }) }))
  await screen.findByRole('button', { name: t('common:continue') })
  expect(cancelled).toEqual([{}])
  expect(leave).toHaveBeenCalledWith({ to: 'https://ledger.test/callback?code=abc&state=xyz' })
})
