import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { contacts, profile } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'
import { keepTyped } from '../typed.ts'

const open = () => {
  when('get /api/me/profile', profile)
  when('get /api/me/contacts', contacts)
  return openRoom('/account/profile')
}
const field = (label: string) => screen.findByRole<HTMLInputElement>('textbox', { name: new RegExp(`^${label}`) })
const nickname = () => field(t('profile:names.nickname'))
const save = () => screen.getByRole('button', { name: t('common:save') })

test('shows what one says of oneself', async () => {
  open()
  expect((await nickname()).value).toBe('Countess')
  expect((await field(t('profile:about.day'))).value).toBe('10')
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: t('profile:about.month') }).value).toBe('12')
  expect((await field(t('profile:about.year'))).value).toBe('1815')
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: t('profile:about.zoneinfo') }).value).toBe(
    'Europe/London',
  )
})

test('sends what was changed, with the version it was read with, and says that it is saved', async () => {
  const sent = when('patch /api/me/profile', { ...profile, version: 8, nickname: null, birthdate: '0000-12-10' })
  const { user } = open()
  await user.clear(await nickname())
  await user.clear(await field(t('profile:about.year')))
  await user.type(await field(t('profile:address.locality')), 'London')
  await user.click(save())
  await screen.findByText(t('profile:saved'))
  expect(sent).toEqual([{ version: 7, nickname: null, birthdate: '0000-12-10', address: { locality: 'London' } }])
})

test('where nothing was changed nothing is sent', async () => {
  const sent = when('patch /api/me/profile', profile)
  const { user } = open()
  await nickname()
  await user.click(save())
  await screen.findByText(t('profile:unchanged'))
  expect(sent).toEqual([])
})

test('what the server would refuse is said beside its field, which takes the focus; nothing is sent', async () => {
  const sent = when('patch /api/me/profile', profile)
  const { user } = open()
  const website = await field(t('profile:about.website'))
  await user.type(website, 'javascript:alert(1)')
  await user.click(save())
  await waitFor(() => expect(website.getAttribute('aria-invalid')).toBe('true'))
  expect(document.activeElement).toBe(website)
  expect(website.value).toBe('javascript:alert(1)')
  expect(sent).toEqual([])
})

test('of several fields a summary comes first, with a link to each', async () => {
  const { user } = open()
  await user.clear(await field(t('profile:names.displayName')))
  await user.type(await field(t('profile:about.website')), 'x')
  await user.clear(await field(t('profile:about.day')))
  await user.click(save())
  const summary = await screen.findByRole('region', { name: t('common:check_fields') })
  await waitFor(() => expect(document.activeElement).toBe(summary))
  const links = within(summary).getAllByRole('link')
  expect(links.map(({ textContent }) => textContent)).toEqual([
    t('profile:names.displayName'),
    t('profile:about.birthdate'),
    t('profile:about.website'),
  ])
  await user.click(links[0]!)
  expect(document.activeElement).toBe(await field(t('profile:names.displayName')))
})

test('what another tab changed is shown, what was typed here stays, and can be saved', async () => {
  const { user } = open()
  await user.clear(await nickname())
  await user.type(await nickname(), 'Enchantress')
  when('get /api/me/profile', { ...profile, version: 9, givenName: 'Augusta' })
  const sent = when(
    'patch /api/me/profile',
    { refuse: { code: 'changed_meanwhile' } },
    { ...profile, version: 10, givenName: 'Augusta', nickname: 'Enchantress' },
  )
  await user.click(save())
  await screen.findByText(t('errors:changed_meanwhile'))
  await waitFor(async () => expect((await field(t('profile:names.givenName'))).value).toBe('Augusta'))
  expect((await nickname()).value).toBe('Enchantress')
  await user.click(save())
  await screen.findByText(t('profile:saved'))
  expect(sent).toEqual([
    { version: 7, nickname: 'Enchantress' },
    { version: 9, nickname: 'Enchantress' },
  ])
})

test('whoever comes back from a sign-in finds what they typed', async () => {
  keepTyped('usr_ada', { form: 'profile', values: { nickname: 'Enchantress' } })
  open()
  await waitFor(async () => expect((await nickname()).value).toBe('Enchantress'))
  expect(screen.getByText(t('account:returned'))).toBeTruthy()
})

test('light or dark counts at once, and is remembered', async () => {
  const sent = when('post /api/appearance', { appearance: 'dark' })
  const { user } = open()
  await user.click(await screen.findByRole('radio', { name: t('profile:pages.appearances.dark') }))
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'))
  expect(sent).toEqual([{ appearance: 'dark' }])
  when('post /api/appearance', { appearance: 'auto' })
  await user.click(screen.getByRole('radio', { name: t('profile:pages.appearances.auto') }))
  await waitFor(() => expect(document.documentElement.dataset.theme).toBeUndefined())
})
