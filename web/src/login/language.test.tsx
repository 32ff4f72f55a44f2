import { cleanup, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answerOf, branding } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { stringsOf, TEST_LANGUAGE } from '../testing/texts.ts'

const select = () => screen.getByRole<HTMLSelectElement>('combobox')

test('switching the language keeps the step and what was typed', async () => {
  const sent = when('post /api/language', { strings: stringsOf('ar') })
  const { user } = openLogin(answerOf('identify'))
  await user.type(screen.getByRole('textbox'), 'ada@acme.test')
  const before = screen.getByRole('heading', { level: 1 }).textContent
  await user.selectOptions(select(), 'ar')
  await expect.poll(() => document.documentElement.dir).toBe('rtl')
  expect(document.documentElement.lang).toBe('ar')
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('ada@acme.test')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(t('login:identify.heading'))
  await waitFor(() => expect(document.title).toContain(t('login:identify.heading')))
  expect(select().value).toBe('ar')
  expect(sent).toEqual([{ language: 'ar', entry: 'login', remember: true }])
  expect(before).not.toBe('')
})

test('where it fails, the language stays and the page says so', async () => {
  when('post /api/language', 'unreachable')
  const { user } = openLogin(answerOf('identify'))
  await user.selectOptions(select(), 'fr')
  await screen.findByText(t('errors:unreachable'))
  expect(document.documentElement.lang).toBe(TEST_LANGUAGE)
  expect(select().value).toBe(TEST_LANGUAGE)
})

test('the switch offers what is allowed here, and is not there when nothing is left to choose', () => {
  openLogin(answerOf('identify', { branding: { ...branding, languages: ['de', 'ja'] } }))
  expect([...select().options].map(({ value }) => value)).toEqual(['de', 'ja'])
  cleanup()
  openLogin(answerOf('identify', { branding: { ...branding, languages: ['de'] } }))
  expect(screen.queryByRole('combobox')).toBeNull()
})

test('a step that comes in another language brings the page along, without choosing it for this browser', async () => {
  const sent = when('post /api/language', { strings: stringsOf('ar') })
  when('post /api/login/{request}/identifier', answerOf('first_factor', { language: 'ar' }))
  const { user } = openLogin(answerOf('identify'))
  await user.type(screen.getByRole('textbox'), 'ada{Enter}')
  await screen.findByLabelText('كلمة المرور')
  expect(document.documentElement).toMatchObject({ lang: 'ar', dir: 'rtl' })
  expect(sent).toEqual([{ language: 'ar', entry: 'login', remember: false }])
})

test('where those texts do not come, the step does', async () => {
  when('post /api/language', 'unreachable')
  when('post /api/login/{request}/identifier', answerOf('first_factor', { language: 'ar' }))
  const { user } = openLogin(answerOf('identify'))
  await user.type(screen.getByRole('textbox'), 'ada{Enter}')
  await screen.findByLabelText(t('common:password'))
  expect(document.documentElement.lang).toBe(TEST_LANGUAGE)
})
