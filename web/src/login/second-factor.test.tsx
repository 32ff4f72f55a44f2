import { screen } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { answerOf } from '../testing/fixtures.ts'
import { openLogin, t } from '../testing/open-login.tsx'
import { when } from '../testing/server.ts'
import { TEST_LANGUAGE } from '../testing/texts.ts'
import { loadEveryScreen } from './lazy-screens.ts'

beforeAll(() => loadEveryScreen())

const DAY = 86_400
const label = (value: number, unit: string) => {
  const time = new Intl.NumberFormat(TEST_LANGUAGE, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
  return t('factors:trust.label', { time }).replaceAll(/\s/g, ' ')
}
const box = () => screen.queryByRole<HTMLInputElement>('checkbox')
const codes = [
  { method: 'email_code', to: 'a••@acme.test', isSent: true, endsIn: 600, resendIn: 0, triesLeft: 5 },
] as const

test('a code alone asks for nothing besides', async () => {
  const sent = when('post /api/login/{request}/totp', answerOf('consent'))
  const { user } = openLogin(answerOf('second_factor', { step: { trustFor: 30 * DAY } }))
  expect(box()?.checked).toBe(false)
  await user.type(screen.getByLabelText(t('factors:totp.label')), '123456{Enter}')
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([{ code: '123456', trustDevice: false }])
})

test.each([
  ['totp', [], { code: '123456', trustDevice: true }],
  ['email_code', [...codes], { method: 'email_code', code: '123456', trustDevice: true }],
] as const)('who checks the box is not asked again here: %s', async (method, sentCodes, body) => {
  const path = method === 'totp' ? 'totp' : 'second-code'
  const sent = when(`post /api/login/{request}/${path}`, answerOf('consent'))
  const step = { methods: [method], codes: [...sentCodes], trustFor: 30 * DAY }
  const { user } = openLogin(answerOf('second_factor', { step }))
  await user.click(box()!)
  await user.type(screen.getByRole('textbox'), '123456{Enter}')
  await screen.findByRole('button', { name: t('login:consent.allow') })
  expect(sent).toEqual([body])
})

test.each([
  [30 * DAY, 30, 'day'],
  [2.9 * DAY, 2, 'day'],
  [DAY, 24, 'hour'],
  [3_600, 60, 'minute'],
])('%d seconds are said in words, and never too many', (trustFor, value, unit) => {
  openLogin(answerOf('second_factor', { step: { trustFor } }))
  expect(box()?.closest('label')?.textContent?.replaceAll(/\s/g, ' ')).toContain(label(value, unit))
})

test('where no browser may be trusted there is no box', () => {
  openLogin(answerOf('second_factor'))
  expect(box()).toBeNull()
})

test.each(['recovery_code', 'passkey'] as const)('nor is there one beside a %s', (method) => {
  openLogin(answerOf('second_factor', { step: { methods: [method], trustFor: 30 * DAY } }))
  expect(box()).toBeNull()
})
