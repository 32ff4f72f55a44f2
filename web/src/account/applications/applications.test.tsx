import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ledger } from '../../testing/app-fixtures.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const paper = {
  ...ledger,
  id: 'app_paper',
  name: '<img src=x onerror=alert(1)>',
  scopes: ['openid', 'paper:read'],
  open: null,
}
const openPage = () => {
  when('get /api/me/applications', { applications: [ledger, paper] })
  return openRoom('/account/applications')
}
const stop = (application: string) =>
  screen.findByRole('button', { name: t('profile:applications.stop_named', { application }) })

test('says what each application may use, in words; a name is a name', async () => {
  openPage()
  const row = (await stop(ledger.name)).closest('li')!
  expect(row.textContent).toContain(t('profile:applications.scopes.email'))
  expect(
    within(row)
      .getByRole('link', { name: new RegExp(t('common:privacy')) })
      .getAttribute('href'),
  ).toBe('https://ledger.test/privacy')
  const open = within(row).getByRole('link', {
    name: new RegExp(t('profile:applications.open_named', { application: ledger.name })),
  })
  expect(open.getAttribute('href')).toBe(ledger.open)
  expect(screen.getByText(paper.name)).toBeTruthy()
  expect(screen.getByText(/paper:read/)).toBeTruthy()
  expect(document.querySelector('main img')).toBeNull()
})

test('one is stopped after a question; keeping it sends nothing', async () => {
  const sent = when('post /api/me/applications/revoke', { applications: [paper] })
  const { user } = openPage()
  await user.click(await stop(ledger.name))
  await user.click(await screen.findByRole('button', { name: t('profile:applications.ask.keep') }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(sent).toEqual([])
  await user.click(await stop(ledger.name))
  await user.click(await screen.findByRole('button', { name: t('profile:applications.ask.stop') }))
  await screen.findByText(t('profile:applications.stopped', { application: ledger.name }))
  expect(sent).toEqual([{ application: ledger.id }])
  expect(screen.queryByText(ledger.name)).toBeNull()
})

test('one that somebody stopped meanwhile is gone from the list, and that is said', async () => {
  const { user } = openPage()
  await user.click(await stop(ledger.name))
  when('post /api/me/applications/revoke', { refuse: { code: 'not_found' } })
  when('get /api/me/applications', { applications: [] })
  await user.click(await screen.findByRole('button', { name: t('profile:applications.ask.stop') }))
  await screen.findByText(t('errors:not_found'))
  await screen.findByText(t('profile:applications.none'))
})
