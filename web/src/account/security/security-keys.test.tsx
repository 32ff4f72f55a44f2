import { screen, waitFor, within } from '@testing-library/react'
import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { expect, test } from 'vitest'
import { browserWithPrompt, creationOptions, credential, refusal } from '../../testing/authenticator.ts'
import { openRoom } from '../../testing/open-app.tsx'
import { t } from '../../testing/open-login.tsx'
import { when } from '../../testing/server.ts'

const key = {
  id: 'crd_key',
  type: 'security_key' as const,
  label: null,
  model: 'YubiKey 5',
  createdAt: '2026-05-04T10:00:00Z',
  lastUsedAt: null,
  isAllowed: true,
  isRemovable: true,
}
const nothing: OwnFactors = {
  factors: [],
  available: ['totp', 'security_key'],
  codes: [],
  recoveryCodes: null,
  totp: null,
  whatIf: [],
}

/** The room, in a browser whose prompt comes to this. */
async function open(
  change: Partial<OwnFactors> = {},
  create: () => Promise<unknown> = () => Promise.resolve(credential),
) {
  browserWithPrompt(create)
  when('get /api/me/trusted-devices', { isAllowed: false, devices: [] })
  when('get /api/me/factors', { ...nothing, ...change })
  when('post /api/me/security-keys/options', { options: creationOptions('discouraged') })
  const app = openRoom('/account/security')
  await screen.findByRole('heading', { level: 1, name: t('security:own.title') })
  return app
}
const keyName = () => t('factors:names.security_key')
const begin = () => screen.findByRole('button', { name: t('security:own.add_named', { name: keyName() }) })
const renaming = () => screen.findByRole('button', { name: new RegExp(t('passkeys:rename')) })
/** What the first lines of the rows with a date say. */
const names = () =>
  [...document.querySelectorAll('.row strong')]
    .map(({ textContent }) => textContent)
    .filter((name) => !known().has(name))
const known = () => new Set([t('factors:names.totp'), keyName()])
const touch = () => screen.findByRole('button', { name: t('keys:setup.submit') })

test('a key is set up, and the page says so', async () => {
  const changed = { factors: { ...nothing, factors: [key] }, newCodes: null, signal: null }
  const sent = when('post /api/me/security-keys', changed)
  const { user } = await open()
  await user.click(await begin())
  expect(await screen.findByRole('heading', { level: 3, name: t('keys:setup.heading') })).toBe(document.activeElement)
  await user.click(await touch())
  await screen.findByText(t('security:own.was_added', { name: keyName() }))
  expect(sent).toMatchObject([{ credential: { id: 'a2V5' } }])
  expect(names()).toEqual(['YubiKey 5'])

  await user.click(await begin())
  expect(screen.queryByText(t('security:own.was_added', { name: keyName() }))).toBeNull()
})

test.each([
  ['NotAllowedError', () => t('keys:own.given_up')],
  ['InvalidStateError', () => t('keys:setup.known')],
])('%s is no alarm', async (error, said) => {
  const { user } = await open({}, () => Promise.reject(refusal(error)))
  await user.click(await begin())
  await user.click(await touch())
  expect((await screen.findByText(said())).closest('[role=status]')).toBeTruthy()
  expect(await touch()).toBeTruthy()
})

test('a key is called what its owner wants, and by its model again', async () => {
  const renamed = (label: string | null) => ({
    factors: { ...nothing, factors: [{ ...key, label }] },
    newCodes: null,
    signal: null,
  })
  const sent = when('post /api/me/factors/rename', renamed('Schublade'))
  const { user } = await open({ factors: [key] })
  await user.click(await renaming())
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: t('keys:name_label') })
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.clear(field)
  await user.type(field, 'Schublade{Enter}')
  await waitFor(() => expect(names()).toEqual(['Schublade']))
  expect(screen.getByText('YubiKey 5').tagName).toBe('SMALL')

  when('post /api/me/factors/rename', renamed(null))
  await user.click(await renaming())
  await user.clear(screen.getByRole('textbox', { name: t('keys:name_label') }))
  await user.keyboard('{Enter}')
  await waitFor(() => expect(names()).toEqual(['YubiKey 5']))
  expect(sent).toEqual([{ id: 'crd_key', label: 'Schublade' }])
})

test('a code by mail has no name of its own', async () => {
  await open({ factors: [{ ...key, id: 'crd_mail', type: 'email_code', model: null }] })
  await screen.findByText(t('factors:names.email_code'))
  expect(screen.queryByRole('button', { name: new RegExp(t('passkeys:rename')) })).toBeNull()
})

test('when one is removed the browser is told which are left', async () => {
  const told: unknown[] = []
  const signal = { rpId: 'localhost', userId: 'aGFuZGxl', credentialIds: ['b3RoZXI'], name: 'ada', displayName: 'Ada' }
  when('post /api/me/factors/remove', { factors: nothing, newCodes: null, signal })
  const { user } = await open({ factors: [key] })
  Object.assign(PublicKeyCredential, {
    signalAllAcceptedCredentials: (known: unknown) => Promise.resolve(told.push(known)),
  })
  await user.click(await screen.findByRole('button', { name: t('security:own.remove_named', { name: 'YubiKey 5' }) }))
  const dialog = await screen.findByRole('alertdialog')
  await user.click(within(dialog).getByRole('button', { name: t('security:own.remove') }))
  await screen.findByText(t('security:own.was_removed', { name: 'YubiKey 5' }))
  await waitFor(() => expect(told).toMatchObject([{ allAcceptedCredentialIds: ['b3RoZXI'] }]))
})
