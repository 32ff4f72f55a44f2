import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { me } from '../../testing/app-fixtures.ts'
import { passwordRules } from '../../testing/fixtures.ts'
import { openApp, openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const GOOD = 'seven quiet lanterns'
const OWN = { changedAt: '2026-02-03T10:00:00Z', endsAt: null, rules: passwordRules }
const current = () => screen.getByLabelText<HTMLInputElement>(t('password:own.current'))
const next = () => screen.getByLabelText<HTMLInputElement>(t('common:new_password.label'))

async function open(
  own: Partial<Omit<typeof OWN, 'changedAt' | 'endsAt'>> & { changedAt?: string | null; endsAt?: string | null } = {},
) {
  when('get /api/me/password', { ...OWN, ...own })
  const app = openRoom('/account/password')
  await screen.findByRole('heading', { level: 1, name: t('password:own.title') })
  return app
}

test('asks for the present password and another one, with the names that password managers know', async () => {
  await open()
  expect([current().autocomplete, next().autocomplete]).toEqual(['current-password', 'new-password'])
  const hidden = document.querySelector<HTMLInputElement>('input[autocomplete=username]')
  expect(hidden).toMatchObject({ value: me.loginName, hidden: true })
  expect(screen.getByText(t('password:own.since', { date: '3. Februar 2026' }))).toBeTruthy()
})

test('changes it, says so, and keeps nothing of what was typed', async () => {
  const sent = when('post /api/me/password', { ...OWN, changedAt: '2026-11-22T16:08:00Z' })
  const { user } = await open()
  await user.type(current(), 'the one before')
  await user.type(next(), `${GOOD}{Enter}`)
  const said = await screen.findByText(t('password:own.changed'))
  await waitFor(() => expect(document.activeElement).toBe(said.closest('[role=status]')))
  expect([current().value, next().value]).toEqual(['', ''])
  expect(sent).toEqual([{ currentPassword: 'the one before', newPassword: GOOD, endOtherSessions: true }])
  expect(screen.getByText(t('password:own.since', { date: '22. November 2026' }))).toBeTruthy()
})

test('a wrong present one is said beside its field, which has the focus', async () => {
  when('post /api/me/password', { refuse: { code: 'invalid_credentials' } })
  const { user } = await open()
  await user.type(current(), 'wrong')
  await user.type(next(), `${GOOD}{Enter}`)
  await screen.findByText(t('password:own.wrong'))
  await waitFor(() => expect(document.activeElement).toBe(current()))
})

test('nothing is sent that is missing or breaks a rule', async () => {
  const sent = when('post /api/me/password', OWN)
  const { user } = await open()
  await user.type(next(), `${GOOD}{Enter}`)
  await screen.findByText(t('errors:field.required'))
  await user.type(current(), 'the one before')
  await user.clear(next())
  await user.type(next(), 'short{Enter}')
  await screen.findByText(t('errors:field.too_short'))
  expect(sent).toEqual([])
})

test('what only the server finds stands with the new one', async () => {
  when('post /api/me/password', { refuse: { code: 'invalid_input', fields: { newPassword: ['breached'] } } })
  const { user } = await open()
  await user.type(current(), 'the one before')
  await user.type(next(), `${GOOD}{Enter}`)
  await screen.findByText(t('errors:field.breached'))
})

test('the end of a password is said here and in the first room, with the way here', async () => {
  await open({ endsAt: '2026-12-24T09:00:00Z' })
  expect(screen.getByText(t('password:ends', { date: '24. Dezember 2026' }))).toBeTruthy()
})

test('the first room says it too', async () => {
  when('get /api/me', { ...me, passwordEndsAt: '2026-12-24T09:00:00Z' })
  openApp('/account')
  const link = await screen.findByRole('link', { name: t('password:ends_link') })
  expect(link.getAttribute('href')).toBe('/account/password')
})

test('who has none is told how to get one', async () => {
  await open({ changedAt: null })
  expect(screen.getByText(t('password:own.none'))).toBeTruthy()
})
