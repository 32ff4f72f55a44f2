import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { accounts, answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const [ada, elsewhere] = accounts as [(typeof accounts)[number], (typeof accounts)[number]]
const named = ({ displayName, loginName }: typeof ada) => ({ name: displayName, loginName })
const open = () => openLogin(answerOf('select_account'))
const manage = () => screen.getByRole('button', { name: t('login:picker.manage') })

test('a row is one button with a whole name, and one press goes on', async () => {
  const sent = when('post /api/login/{request}/account', answerOf('first_factor'))
  const { user } = open()
  const state = t('common:states.password_needed')
  const name = t('login:picker.choose', { ...named(elsewhere), organization: elsewhere.organization, state })
  await user.click(screen.getByRole('button', { name }))
  await screen.findByRole('heading', { name: t('login:password.heading') })
  expect(sent).toEqual([{ session: elsewhere.session }])
})

test('the last row is for another account', async () => {
  const sent = when('post /api/login/{request}/restart', answerOf('identify'))
  const { user } = open()
  const rows = within(document.querySelector<HTMLElement>('.rows')!).getAllByRole('button')
  expect(rows.at(-1)?.textContent).toBe(t('login:use_another_account'))
  await user.click(rows.at(-1)!)
  await screen.findByRole('heading', { name: t('login:identify.heading') })
  expect(sent).toEqual([{ fresh: true }])
})

test('removing is a mode entered by a button; it says what it does, and the list shrinks in place', async () => {
  const sent = when(
    'post /api/login/{request}/forget',
    answerOf('select_account', { step: { accounts: accounts.slice(1) } }),
  )
  const { user } = open()
  expect(screen.queryByRole('button', { name: t('login:picker.remove_account', named(ada)) })).toBeNull()
  await user.click(manage())
  expect(screen.getByText(t('login:picker.manage_hint'))).toBeTruthy()
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: t('login:picker.manage_heading') })),
  )
  await user.click(screen.getByRole('button', { name: t('login:picker.remove_account', named(ada)) }))
  await screen.findByText(elsewhere.loginName)
  expect(screen.queryByText(ada.loginName)).toBeNull()
  expect(sent).toEqual([{ session: ada.session }])
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })))

  await user.click(screen.getByRole('button', { name: t('login:picker.done') }))
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: t('login:picker.heading') })),
  )
})

test('signs out one account, or all', async () => {
  const sent = when('post /api/login/{request}/sign-out', answerOf('select_account'))
  const { user } = open()
  await user.click(manage())
  await user.click(screen.getByRole('button', { name: t('login:picker.sign_out_account', named(ada)) }))
  await user.click(screen.getByRole('button', { name: t('login:picker.sign_out_all') }))
  expect(sent).toEqual([{ session: ada.session }, { session: 'all' }])
})

test('an account that is signed out can be removed, and not signed out again', async () => {
  const { user } = open()
  await user.click(manage())
  const grace = named(accounts[2]!)
  expect(screen.getByRole('button', { name: t('login:picker.remove_account', grace) })).toBeTruthy()
  expect(screen.queryByRole('button', { name: t('login:picker.sign_out_account', grace) })).toBeNull()
})
