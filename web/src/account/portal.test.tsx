import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { here, me, mine, ours } from '../testing/app-fixtures.ts'
import { openApp, openRoom } from '../testing/open-app.tsx'
import { t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { greetingAt } from './overview/greeting.ts'

const openMenu = async (user: ReturnType<typeof openRoom>['user']) => {
  await user.click(await screen.findByRole('button', { name: t('account:menu.label', { name: me.displayName }) }))
  return screen.findByRole('menu')
}

test('greets by name, and says who one is', async () => {
  openRoom('/account')
  const greeting = t(`account:greeting.${greetingAt(new Date())}`, { name: 'Ada' })
  await screen.findByRole('heading', { level: 1, name: greeting })
  await waitFor(() =>
    expect(document.title).toBe(t('common:title', { heading: t('account:overview.title'), place: 'Acme' })),
  )
})

test.each([
  [4, 'morning'],
  [12, 'afternoon'],
  [18, 'evening'],
] as const)('at %i o’clock it is %s', (hour, greeting) => {
  expect(greetingAt(new Date(2026, 10, 22, hour))).toBe(greeting)
})

test.each(['unauthenticated', 'account_changed'] as const)(
  'where the server says %s nothing is drawn, and it is asked for the page',
  async (code) => {
    when('get /api/me', { refuse: { code } })
    const { go } = openApp('/account')
    await waitFor(() => expect(go).toHaveBeenCalledWith('/account'))
    expect(screen.queryByRole('heading', { level: 1 })).toBeNull()
  },
)

test('a room that is entered without a session leads back to itself', async () => {
  when('get /api/me/sessions', { refuse: { code: 'unauthenticated' } })
  const { go } = openRoom('/account/sessions')
  await waitFor(() => expect(go).toHaveBeenCalledWith('/account/sessions'))
})

test('from room to room the heading takes the focus; not when the page was loaded', async () => {
  when('get /api/me/sessions', { sessions: [here] })
  const { user } = openRoom('/account')
  await screen.findByRole('heading', { level: 1 })
  expect(document.activeElement).toBe(document.body)
  const rooms = screen.getByRole('navigation', { name: t('account:rooms.label') })
  await user.click(within(rooms).getByRole('link', { name: t('account:rooms.sessions') }))
  const heading = await screen.findByRole('heading', { level: 1, name: t('account:sessions.title') })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  expect(within(rooms).getByRole('link', { current: 'page' }).textContent).toBe(t('account:rooms.sessions'))
})

test('the first thing the keyboard meets leads past the navigation', async () => {
  const { user } = openRoom('/account')
  await screen.findByRole('heading', { level: 1 })
  await user.tab()
  const skip = screen.getByRole('link', { name: t('account:skip') })
  expect(document.activeElement).toBe(skip)
  expect(document.querySelector(skip.getAttribute('href')!)).toBe(screen.getByRole('main'))
})

test('the menu names the accounts of this browser, and switches where the server says', async () => {
  const switched = when('post /api/me/switch', { redirect: '/login/req_1' })
  const { user, go } = openRoom('/account', [mine, ours])
  const menu = await openMenu(user)
  const name = t('account:menu.switch_to', {
    name: ours.displayName,
    loginName: ours.loginName,
    organization: ours.organization,
    state: t('common:states.signed_out'),
  })
  const items = await within(menu).findAllByRole('menuitem')
  expect(items.map((item) => item.getAttribute('aria-label') ?? item.textContent)).toEqual([
    name,
    t('account:menu.another'),
    t('common:sign_out'),
  ])
  await user.click(items[0]!)
  await waitFor(() => expect(go).toHaveBeenCalledWith('/login/req_1'))
  expect(switched).toEqual([{ session: ours.session }])
})

test('another account, and the way out', async () => {
  const switched = when('post /api/me/switch', { redirect: '/login/req_1' })
  when('post /api/me/sign-out', { redirect: '/signed-out' })
  const { user, go } = openRoom('/account')
  await openMenu(user)
  await user.click(screen.getByRole('menuitem', { name: t('account:menu.another') }))
  await waitFor(() => expect(switched).toEqual([{ session: null }]))
  await openMenu(user)
  await user.click(screen.getByRole('menuitem', { name: t('common:sign_out') }))
  await waitFor(() => expect(go).toHaveBeenCalledWith('/signed-out'))
})

test('a switch that fails is said', async () => {
  when('post /api/me/switch', { refuse: { code: 'internal' } })
  const { user } = openRoom('/account')
  await openMenu(user)
  await user.click(screen.getByRole('menuitem', { name: t('account:menu.another') }))
  await screen.findByText(t('errors:internal'))
})

test('a room that does not exist says so, beside those that do', async () => {
  openRoom('/account/nothing')
  await screen.findByRole('heading', { level: 1, name: t('account:failed.not_found_heading') })
  expect(screen.getByRole('navigation', { name: t('account:rooms.label') })).toBeTruthy()
})

test('an address that is no page of ours says so', async () => {
  openApp('/nowhere')
  await screen.findByRole('heading', { name: t('account:failed.not_found_heading') })
})

test('a server that is out of reach is a page with a way on', async () => {
  when('get /api/me', 'unreachable')
  openApp('/account')
  await screen.findByText(t('errors:unreachable'))
  expect(screen.getByRole('link', { name: t('common:try_again') }).getAttribute('href')).toBe('/account')
})

test.each([
  ['ada@acme.test', 'account:overview.email_unconfirmed', 'account:overview.confirm'],
  [null, 'account:overview.email_missing', 'account:overview.add'],
] as const)(
  'an address that is not confirmed (%s) is worth a look, and a confirmed one is not',
  async (email, said, way) => {
    when('get /api/me', { ...me, email, isEmailVerified: false })
    when('get /api/me/accounts', { accounts: [mine] })
    openApp('/account')
    await screen.findByText(t(said))
    expect(screen.getByRole('link', { name: t(way) }).getAttribute('href')).toBe('/account/email')
  },
)

test('nothing to see to is nothing said, and the rooms are a press away', async () => {
  openRoom('/account')
  await screen.findByRole('heading', { level: 1 })
  expect(screen.queryByText(t('account:overview.attention'))).toBeNull()
  const shortcuts = screen.getByRole('region', { name: t('account:rooms.label') })
  expect(
    within(shortcuts)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href')),
  ).toEqual([
    '/account/profile',
    '/account/passkeys',
    '/account/password',
    '/account/security',
    '/account/sessions',
    '/account/applications',
  ])
})
