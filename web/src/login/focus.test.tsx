import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

test('when the page opens, the first field has the focus', () => {
  openLogin(answerOf('identify'))
  expect(document.activeElement).toBe(screen.getByRole('textbox'))
})

test('when the page opens without a field, the focus stays at the top', () => {
  openLogin(answerOf('select_account'))
  expect(document.activeElement).toBe(document.body)
})

test('a new step with a field focuses it, and its heading is read out', async () => {
  when('post /api/login/{request}/identifier', answerOf('first_factor'))
  const { user } = openLogin(answerOf('identify'))
  const status = screen.getAllByRole('status').find((element) => element.parentElement?.matches('.inner'))
  await user.type(screen.getByRole('textbox'), 'ada{Enter}')
  await screen.findByRole('heading', { name: t('login:password.heading') })
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(t('common:password'))))
  expect(status?.isConnected).toBe(true)
  expect(status?.textContent).toBe(t('login:password.heading'))
})

test('a new step without a field focuses its heading', async () => {
  when('post /api/login/{request}/password', answerOf('consent'))
  const { user } = openLogin(answerOf('first_factor'))
  await user.type(screen.getByLabelText(t('common:password')), 'seven{Enter}')
  const heading = await screen.findByRole('heading', {
    level: 1,
    name: t('login:consent.heading', { application: 'Ledger' }),
  })
  await waitFor(() => expect(document.activeElement).toBe(heading))
})

test('the title follows the step, and says when something is wrong', async () => {
  when('post /api/login/{request}/password', { refuse: { code: 'invalid_credentials' } })
  const { user } = openLogin(answerOf('first_factor'))
  const title = t('common:title', { heading: t('login:password.heading'), place: 'Ledger' })
  await waitFor(() => expect(document.title).toBe(title))
  await user.type(screen.getByLabelText(t('common:password')), 'wrong{Enter}')
  await screen.findByText(t('errors:invalid_credentials'))
  await waitFor(() => expect(document.title).toBe(t('common:title_with_error', { title })))
})
