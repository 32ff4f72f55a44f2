import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { browserWithPrompt, creationOptions, refusal } from '../testing/authenticator.ts'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

/** The offer, in a browser whose device answers like this. */
function open(create: () => Promise<unknown> = () => Promise.reject(refusal('NotAllowedError'))) {
  browserWithPrompt(create)
  const begun = when('post /api/login/{request}/offered-passkey-options', { options: creationOptions() })
  return { ...openLogin(answerOf('offer_passkey')), begun }
}
const create = () => screen.getByRole('button', { name: t('passkeys:offer.create') })
const notNow = () => screen.getByRole('button', { name: t('passkeys:offer.not_now') })

test('"not now" goes on, and asks no device', async () => {
  const sent = when('post /api/login/{request}/decline-passkey', answerOf('consent'))
  const { user, begun } = open()
  await user.click(notNow())
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([{}])
  expect(begun).toEqual([])
})

test('P4 a prompt that was given up is no alarm, and both ways stay', async () => {
  const { user } = open()
  await user.click(create())
  await screen.findByText(t('passkeys:offer.given_up'))
  for (const alert of screen.getAllByRole('alert')) expect(alert.textContent).toBe('')
  expect([create(), notNow()]).toHaveLength(2)
})

test('a device that has one already says so', async () => {
  const { user } = open(() => Promise.reject(refusal('InvalidStateError')))
  await user.click(create())
  await screen.findByText(t('passkeys:known'))
})

test('what the server refuses is said', async () => {
  when('post /api/login/{request}/offered-passkey-options', { refuse: { code: 'too_many' } })
  vi.stubGlobal('PublicKeyCredential', class {})
  const { user } = openLogin(answerOf('offer_passkey'))
  await user.click(create())
  await screen.findByText(t('errors:too_many'))
})
