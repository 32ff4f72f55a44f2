import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { browserWithPrompt, creationOptions } from '../testing/authenticator.ts'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const upgrade = { session: 'ses_1', options: creationOptions('preferred') }
const away = answerOf('redirect', { step: { upgrade } })

/** A browser that says this of itself, and answers like this when it may make a passkey. */
function browserWith(create: (options: { mediation?: string }) => Promise<unknown>, conditionalCreate = true) {
  const statics = {
    isUserVerifyingPlatformAuthenticatorAvailable: () => Promise.resolve(false),
    getClientCapabilities: () => Promise.resolve({ conditionalCreate }),
  }
  browserWithPrompt(create, statics)
}

test.each([true, false])(
  'a browser says with the password whether it makes passkeys by itself: %s',
  async (createsPasskeys) => {
    browserWith(() => Promise.reject(new Error('nobody asks')), createsPasskeys)
    const sent = when('post /api/login/{request}/password', answerOf('consent'))
    const { user } = openLogin(answerOf('first_factor'))
    await user.type(screen.getByLabelText(t('common:password')), 'seven quiet lanterns{Enter}')
    await screen.findByRole('button', { name: t('login:consent.allow') })
    expect(sent).toMatchObject([{ createsPasskeys }])
  },
)

test('where the policy has no passkeys nothing is asked of the browser', async () => {
  vi.stubGlobal('PublicKeyCredential', class {})
  const sent = when('post /api/login/{request}/password', answerOf('consent'))
  const { user } = openLogin(answerOf('first_factor', { step: { methods: ['password'] } }))
  await user.type(screen.getByLabelText(t('common:password')), 'seven quiet lanterns{Enter}')
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([{ password: 'seven quiet lanterns', staySignedIn: false }])
})

test('on the way out it may, without a question; a refusal is silent, and the way goes on', async () => {
  const asked = vi.fn<() => Promise<unknown>>(() => Promise.reject(new Error('no password manager')))
  browserWith(asked)
  const { leave } = openLogin(away)
  await waitFor(() =>
    expect(leave).toHaveBeenCalledExactlyOnceWith(away.step.kind === 'redirect' && away.step.redirect),
  )
  expect(asked).toHaveBeenCalledWith(expect.objectContaining({ mediation: 'conditional' }))
  for (const alert of screen.queryAllByRole('alert')) expect(alert.textContent).toBe('')
})

test('a browser that does not answer holds nobody up for more than a second', async () => {
  browserWith(() => new Promise(() => undefined))
  const began = performance.now()
  const { leave } = openLogin(away)
  expect(leave).not.toHaveBeenCalled()
  await waitFor(() => expect(leave).toHaveBeenCalledOnce(), { timeout: 3_000 })
  expect(performance.now() - began).toBeGreaterThan(900)
})

test('without anything to make the way out is not held up at all', () => {
  browserWith(() => Promise.reject(new Error('nobody asks')))
  const { leave } = openLogin(answerOf('redirect'))
  expect(leave).toHaveBeenCalledOnce()
})
