import { brokenRules, PASSWORD_MOST } from '@vestibule/shared/password-rules.ts'
import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { useTexts } from '../i18n.ts'
import { TickCircleIcon } from '../ui/icons.tsx'

type Rule = Exclude<keyof ReturnType<typeof wordsOf>, 'met' | 'unmet' | 'label'>

const wordsOf = (t: ReturnType<typeof useTexts>['t'], { minLength }: PasswordRules) => ({
  too_short: t('common:new_password.rules.too_short', { count: minLength }),
  too_long: t('common:new_password.rules.too_long', { count: PASSWORD_MOST }),
  needs_upper_case: t('common:new_password.rules.needs_upper_case'),
  needs_lower_case: t('common:new_password.rules.needs_lower_case'),
  needs_digit: t('common:new_password.rules.needs_digit'),
  needs_symbol: t('common:new_password.rules.needs_symbol'),
  context: t('common:new_password.rules.context'),
})

/** The rules that this page can look at. The upper limit is said once it matters. */
function rulesToShow(rules: PasswordRules, broken: ReadonlySet<string>): Rule[] {
  const when = (isShown: boolean, rule: Rule) => (isShown ? [rule] : [])
  return [
    'too_short',
    ...when(broken.has('too_long'), 'too_long'),
    ...when(rules.requireUpperCase, 'needs_upper_case'),
    ...when(rules.requireLowerCase, 'needs_lower_case'),
    ...when(rules.requireDigit, 'needs_digit'),
    ...when(rules.requireSymbol, 'needs_symbol'),
    ...when(rules.contextWords.length > 0, 'context'),
  ]
}

/** The rules while one types: a tick and words, read out politely, by the function that decides on the server. */
export function PasswordChecklist({ password, rules }: { password: string; rules: PasswordRules }) {
  const { t } = useTexts()
  const broken = new Set<string>(brokenRules(password, rules))
  const words = wordsOf(t, rules)
  // of nothing nothing is said to be right
  const isMet = (rule: Rule) => password !== '' && !broken.has(rule)
  return (
    <ul className="rules" aria-label={t('common:new_password.rules.label')} aria-live="polite">
      {rulesToShow(rules, broken).map((rule) => (
        <li key={rule} className={isMet(rule) ? 'met' : ''}>
          <TickCircleIcon />
          <span>{words[rule]}</span>{' '}
          <span className="unseen">
            {isMet(rule) ? t('common:new_password.rules.met') : t('common:new_password.rules.unmet')}
          </span>
        </li>
      ))}
    </ul>
  )
}
