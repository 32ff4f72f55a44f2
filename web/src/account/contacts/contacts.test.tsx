import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { contacts } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'
import { keepTyped } from '../typed.ts'

const pending = { value: 'ada@new.test', endsIn: 600, resendIn: 30 }
const waiting = { ...contacts, email: { ...contacts.email, pending } }
const open = (state = contacts, path = '/account/email') => {
  when('get /api/me/contacts', state)
  return openRoom(path)
}
const field = (label: string) => screen.findByRole<HTMLInputElement>('textbox', { name: label })
const newEmail = () => field(t('profile:contacts.email_page.new'))
const button = (name: string) => screen.findByRole('button', { name })

test('a new address is sent, and its code asked for: the present one stays', async () => {
  const sent = when('post /api/me/email', waiting)
  const { user } = open()
  await user.type(await newEmail(), ' ada@new.test ')
  await user.click(await button(t('profile:contacts.send')))
  await field(t('common:code.label'))
  expect(sent).toEqual([{ value: 'ada@new.test' }])
  expect(screen.getByText('ada@acme.test')).toBeTruthy()
  expect(document.activeElement?.tagName).toBe('H2')
})

test.each([
  ['email', contacts, 'replace'],
  ['email', { ...contacts, email: { ...contacts.email, value: null } }, 'add'],
  ['phone', { ...contacts, phone: { ...contacts.phone, value: null } }, 'add'],
] as const)(
  '%s: the heading says what is done, the label what is typed, and neither says it twice',
  async (kind, state, task) => {
    open(state, `/account/${kind}`)
    await field(t(`profile:contacts.${kind}_page.new`))
    const texts = [...document.querySelectorAll('main :is(h1, h2, label)')].map(({ textContent }) => textContent)
    expect(texts).toContain(t(`profile:contacts.${kind}_page.${task}`))
    expect(new Set(texts).size).toBe(texts.length)
  },
)

test('a username is named by its page and its field in two ways', async () => {
  open(contacts, '/account/username')
  await field(t('profile:contacts.username_page.label'))
  const texts = [...document.querySelectorAll('main :is(h1, h2, label)')].map(({ textContent }) => textContent)
  expect(new Set(texts).size).toBe(texts.length)
})

test('a wrong code stays, and says how often it may still be tried; the right one is said', async () => {
  const done = { ...contacts, email: { ...contacts.email, value: 'ada@new.test' } }
  const sent = when('post /api/me/email/code', { refuse: { code: 'code_wrong', triesLeft: 3 } }, done)
  const { user } = open(waiting)
  const code = await field(t('common:code.label'))
  await user.type(code, '111 111')
  await user.click(await button(t('profile:contacts.code.submit')))
  await screen.findByText(t('common:code.wrong', { count: 3 }))
  expect(code.value).toBe('111 111')
  await user.clear(code)
  await user.type(code, '222222')
  await user.click(await button(t('profile:contacts.code.submit')))
  await newEmail()
  expect(sent).toEqual([{ code: '111 111' }, { code: '222222' }])
  expect(screen.getByText(t('profile:contacts.done', { value: '' }).trim(), { exact: false })).toBeTruthy()
})

test.each(['email', 'phone', 'username'])('%s belongs to the profile, and leads back there', async (page) => {
  open(contacts, `/account/${page}`)
  const [room, back] = await screen.findAllByRole('link', { name: t('account:rooms.profile') })
  expect(room?.getAttribute('aria-current')).toBe('true')
  expect(back?.getAttribute('href')).toBe('/account/profile')
  expect(screen.getByRole('button', { name: t('account:rooms.profile') }).getAttribute('aria-expanded')).toBe('false')
})

test('whoever thinks better of it finds everything as it was', async () => {
  const sent = when('post /api/me/email/cancel', contacts)
  const { user } = open(waiting)
  await user.click(await button(t('profile:contacts.code.keep')))
  expect((await newEmail()).value).toBe('')
  expect(sent).toEqual([{}])
})

test('what is no address is said beside the field, and kept', async () => {
  when('post /api/me/email', { refuse: { code: 'invalid_input', fields: { value: ['invalid'] } } })
  const { user } = open()
  const input = await newEmail()
  await user.type(input, 'ada@')
  await user.click(await button(t('profile:contacts.send')))
  await screen.findByText(t('errors:field.invalid'))
  expect([input.value, document.activeElement]).toEqual(['ada@', input])
})

test('an address that is not confirmed can be, by a press', async () => {
  const sent = when('post /api/me/email', waiting)
  const { user } = open({ ...contacts, email: { ...contacts.email, isVerified: false } })
  await user.click(await button(t('profile:contacts.confirm_this')))
  await field(t('common:code.label'))
  expect(sent).toEqual([{ value: 'ada@acme.test' }])
})

test('only what may go can be removed, after a question', async () => {
  const sent = when('post /api/me/phone/remove', { ...contacts, phone: { ...contacts.phone, value: null } })
  const { user } = open(contacts, '/account/phone')
  await user.click(await button(t('profile:contacts.remove.button')))
  await user.click(await button(t('profile:contacts.remove.confirm')))
  await waitFor(() => expect(sent).toEqual([{}]))
  await waitFor(() => expect(screen.queryByText('+4930901820')).toBeNull())
})

test('the last way back has no button that takes it away', async () => {
  open()
  await newEmail()
  expect(screen.queryByRole('button', { name: t('profile:contacts.remove.button') })).toBeNull()
})

test('whoever comes back from a sign-in finds the address they typed', async () => {
  keepTyped('usr_ada', { form: 'email', values: { value: 'ada@new.test' } })
  open()
  expect((await newEmail()).value).toBe('ada@new.test')
  expect(screen.getByText(t('account:returned'))).toBeTruthy()
})

test('a user name that is taken is said beside the field; another one is saved', async () => {
  const sent = when(
    'post /api/me/username',
    { refuse: { code: 'invalid_input', fields: { username: ['taken'] } } },
    { ...contacts, username: { ...contacts.username, value: 'countess' } },
  )
  const { user } = open(contacts, '/account/username')
  const input = await field(t('profile:contacts.username_page.label'))
  await user.clear(input)
  await user.type(input, 'ben')
  await user.click(await button(t('common:save')))
  await screen.findByText(t('errors:field.taken'))
  await user.clear(input)
  await user.type(input, 'countess')
  await user.click(await button(t('common:save')))
  await screen.findByText(t('profile:saved'))
  expect(sent).toEqual([{ username: 'ben' }, { username: 'countess' }])
})

test('where the organization gives them out there is no form', async () => {
  open({ ...contacts, username: { value: 'ada', isChangeable: false } }, '/account/username')
  await screen.findByRole('heading', { level: 1, name: t('profile:contacts.username') })
  expect(screen.queryByRole('textbox')).toBeNull()
})
