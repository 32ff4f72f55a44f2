import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { answerOf, LOGIN_FIXTURES } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'

const field = () => screen.getByRole('textbox', { name: t('device:enter.label') })
const press = (name: string) => screen.getByRole('button', { name })

test('the code is typed and sent as it was typed, and the login follows', async () => {
  const sent = when('post /api/device', { redirect: '/login/req_1' })
  const { user, leave } = openLogin(LOGIN_FIXTURES.device)
  expect(document.activeElement).toBe(field())
  await user.type(field(), 'wdjb mjht')
  await user.click(press(t('device:enter.submit')))
  await expect.poll(() => leave.mock.calls).toEqual([[{ to: '/login/req_1' }]])
  expect(sent).toEqual([{ code: 'wdjb mjht' }])
})

test('a code of the address is filled in, and nothing is sent before a press', async () => {
  const sent = when('post /api/device', { redirect: '/login/req_1' })
  const { user } = openLogin(LOGIN_FIXTURES['device, code in the address'])
  expect((field() as HTMLInputElement).value).toBe('WDJB-MJHT')
  expect(sent).toEqual([])
  await user.click(press(t('device:enter.submit')))
  await expect.poll(() => sent).toEqual([{ code: 'WDJB-MJHT' }])
})

test('nothing typed, a wrong code, and too many are said where they belong', async () => {
  const { user } = openLogin(LOGIN_FIXTURES.device)
  await user.click(press(t('device:enter.submit')))
  await screen.findByText(t('errors:field.required'))
  when('post /api/device', { refuse: { code: 'code_invalid' } })
  await user.type(field(), 'BBBB-BBBB')
  await user.click(press(t('device:enter.submit')))
  await screen.findByText(t('device:enter.wrong'))
  expect(field().getAttribute('aria-invalid')).toBe('true')
  when('post /api/device', { refuse: { code: 'too_many_attempts' } })
  await user.click(press(t('device:enter.submit')))
  await screen.findByText(t('errors:too_many_attempts'))
})

test.each([
  ['device:confirm.allow', true],
  ['device:confirm.cancel', false],
] as const)('%s is sent as the decision, with the code and the warning in sight', async (button, allow) => {
  const sent = when('post /api/login/{request}/consent', answerOf('redirect'))
  const { user } = openLogin(LOGIN_FIXTURES['device, confirm'])
  expect(screen.getByText('WDJB-MJHT')).toBeTruthy()
  expect(screen.getByText(t('device:confirm.warning'))).toBeTruthy()
  await user.click(press(t(button)))
  await expect.poll(() => sent).toEqual([{ allow }])
})
