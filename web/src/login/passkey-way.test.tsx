import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'

const answer = answerOf('identify', { step: { canUsePasskey: true } })

test('the button of a passkey is drawn with its screen, whenever what it does arrives', () => {
  vi.stubGlobal('PublicKeyCredential', class {})
  openLogin(answer)
  expect(screen.getByRole('button', { name: t('passkeys:sign_in.button') })).toBeTruthy()
})

test('a browser without passkeys has none, and no place is kept for one', () => {
  vi.stubGlobal('PublicKeyCredential', undefined)
  openLogin(answer)
  expect(screen.queryByRole('button', { name: t('passkeys:sign_in.button') })).toBeNull()
  expect(document.querySelectorAll('.button:not(button)')).toHaveLength(0)
})

test('where what it does can not be fetched, a press says so, and every other way is still there', async () => {
  vi.stubGlobal('PublicKeyCredential', class {})
  vi.doMock('./passkey-ceremony.ts', () => {
    throw new Error('the network is gone')
  })
  const { user } = openLogin(answer)
  await user.click(screen.getByRole('button', { name: t('passkeys:sign_in.button') }))
  await screen.findByText(t('errors:unreachable'))
  expect(screen.getByRole('button', { name: t('common:continue') })).toBeTruthy()
  vi.doUnmock('./passkey-ceremony.ts')
})
