import { render, screen } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { startTexts } from '../../i18n.ts'
import { t } from '../../testing/open-login.tsx'
import { stringsOf, TEST_LANGUAGE } from '../../testing/texts.ts'
import { WhatIf } from './what-if.tsx'

beforeAll(() => startTexts(TEST_LANGUAGE, stringsOf()))

const headings = () => screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)

test('whoever would still get in is told how', () => {
  render(<WhatIf loss="phone" gone={['totp']} ways={[{ first: 'password', second: 'recovery_code' }]} help={null} />)
  expect(headings()).toEqual([t('security:loss.gone'), t('security:loss.still')])
})

test('whoever would be locked out is told what would help, and not that anything is open', () => {
  render(<WhatIf loss="phone" gone={['passkey']} ways={[]} help="passkey" />)
  expect(headings()).toEqual([t('security:loss.gone'), t('security:loss.helps')])
  expect(screen.getByText(t('security:loss.help.passkey'))).toBeTruthy()
})
