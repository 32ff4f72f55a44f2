import { render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { startTexts } from '../i18n.ts'
import { passwordRules } from '../testing/fixtures.ts'
import { t } from '../testing/open-login.tsx'
import { stringsOf, TEST_LANGUAGE } from '../testing/texts.ts'
import { PasswordChecklist } from './password-checklist.tsx'

/** The rules that are shown, in order, each with whether it is met. */
function shown(password: string, rules: Partial<typeof passwordRules> = {}) {
  startTexts(TEST_LANGUAGE, stringsOf())
  const { unmount } = render(<PasswordChecklist password={password} rules={{ ...passwordRules, ...rules }} />)
  const list = screen.getByRole('list', { name: t('common:new_password.rules.label') })
  expect(list.getAttribute('aria-live')).toBe('polite')
  const rows = within(list)
    .getAllByRole('listitem')
    .map((row): [string, boolean] => {
      const isMet = row.className === 'met'
      // never by colour alone
      expect(row.textContent).toContain(t(isMet ? 'common:new_password.rules.met' : 'common:new_password.rules.unmet'))
      return [row.querySelector('span')?.textContent ?? '', isMet]
    })
  unmount()
  return rows
}
const rule = (name: 'needs_upper_case' | 'needs_lower_case' | 'needs_digit' | 'needs_symbol' | 'context') =>
  t(`common:new_password.rules.${name}`)
const least = (count: number) => t('common:new_password.rules.too_short', { count })

test('the length counts characters, and the upper limit is said once it matters', () => {
  expect(shown('🕯'.repeat(11))).toEqual([[least(12), false]])
  expect(shown('🕯'.repeat(12))).toEqual([[least(12), true]])
  expect(shown('x'.repeat(129))).toEqual([
    [least(12), true],
    [t('common:new_password.rules.too_long', { count: 128 }), false],
  ])
})

test('every rule of the policy has its line', () => {
  const all = {
    minLength: 15,
    requireUpperCase: true,
    requireLowerCase: true,
    requireDigit: true,
    requireSymbol: true,
    contextWords: ['lovelace'],
  }
  expect(shown('lovelace 1', all)).toEqual([
    [least(15), false],
    [rule('needs_upper_case'), false],
    [rule('needs_lower_case'), true],
    [rule('needs_digit'), true],
    [rule('needs_symbol'), false],
    [rule('context'), false],
  ])
})

test('of nothing typed nothing is said to be right', () => {
  expect(shown('', { contextWords: ['lovelace'] })).toEqual([
    [least(12), false],
    [rule('context'), false],
  ])
})
