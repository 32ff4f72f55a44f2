import { newPasswordSchema, PASSWORD_LEAST, PASSWORD_MOST } from '@vestibule/shared/password-rules.ts'
import { useTexts } from '../../i18n.ts'
import { TickCircleIcon } from '../../ui/icons.tsx'

/** The rules that a password breaks, as the server will find them. */
export function brokenRules(password: string): string[] {
  const { error } = newPasswordSchema.safeParse(password)
  return (error?.issues ?? []).flatMap((issue) => (issue.code === 'custom' ? [String(issue.params?.problem)] : []))
}

/** The rules while one types: a tick and words, read out politely. The upper limit is said once it matters. */
export function Rules({ password }: { password: string }) {
  const { t } = useTexts()
  const broken = brokenRules(password)
  const rules = [
    { name: 'too_short', text: t('account:setup.rules.too_short', { count: PASSWORD_LEAST }) },
    ...(broken.includes('too_long')
      ? [{ name: 'too_long', text: t('account:setup.rules.too_long', { count: PASSWORD_MOST }) }]
      : []),
  ]
  return (
    <ul className="rules" aria-label={t('account:setup.rules.label')} aria-live="polite">
      {rules.map(({ name, text }) => (
        <li key={name} className={broken.includes(name) ? '' : 'met'}>
          <TickCircleIcon />
          <span>{text}</span>
          <span className="unseen">
            {broken.includes(name) ? t('account:setup.rules.unmet') : t('account:setup.rules.met')}
          </span>
        </li>
      ))}
    </ul>
  )
}
