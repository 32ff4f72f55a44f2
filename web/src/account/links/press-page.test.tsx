import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const press = () => screen.findByRole('button', { name: t('data:not_me_link.button') })
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

test('opening the link does nothing; a press does it, and says how to come back in', async () => {
  const sent = when('post /api/not-me', { loginName: 'ada@acme.test' })
  const { user } = openApp('/not-me', 'vl_token')
  await heading(t('data:not_me_link.heading'))
  expect(screen.getByRole('link', { name: t('common:your_account') }).getAttribute('href')).toBe('/account')
  expect(sent).toHaveLength(0)
  await user.click(await press())
  const done = await heading(t('data:not_me_link.done_heading'))
  expect(sent).toEqual([{ token: 'vl_token' }])
  expect(screen.getByRole('main').textContent).toContain('ada@acme.test')
  await waitFor(() => expect(document.activeElement).toBe(done))
  expect(screen.getByRole('link', { name: t('data:not_me_link.done_button') }).getAttribute('href')).toBe('/account')
})

test('a link that was used says so, and where the same can be done', async () => {
  when('post /api/not-me', { refuse: { code: 'code_invalid' } })
  const { user } = openApp('/not-me', 'vl_token')
  await user.click(await press())
  await heading(t('account:setup.bad_heading'))
  const way = screen.getByRole('link', { name: t('data:not_me_link.bad_button') })
  expect(way.getAttribute('href')).toBe('/account/activity')
})

test('a link without its token is no link', async () => {
  openApp('/not-me')
  await heading(t('account:setup.bad_heading'))
})

test('what may pass by itself can be pressed again', async () => {
  when('post /api/not-me', 'unreachable', { loginName: 'ada@acme.test' })
  const { user } = openApp('/not-me', 'vl_token')
  await user.click(await press())
  await screen.findByText(t('errors:unreachable'))
  await user.click(await press())
  await heading(t('data:not_me_link.done_heading'))
})
