import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { AlertIcon } from '../ui/icons.tsx'

/** A field with its label, and the sentence for what is wrong with it, or null. */
export type Checked = { name: string; label: string; error: string | null }

/** Where the summary leads to. */
export const fieldId = (name: string) => `field-${name}`

/** Of several fields that are wrong at once: all of them first, each a link to its field. One is said beside its field only. */
export function ErrorSummary({ fields }: { fields: readonly Checked[] }) {
  const { t } = useTexts()
  const wrong = fields.filter(({ error }) => error !== null)
  if (wrong.length < 2) return null
  return (
    <section className="notice danger summary" tabIndex={-1} aria-labelledby="summary">
      <AlertIcon />
      <div className="stack tight">
        <h2 id="summary">{t('common:check_fields')}</h2>
        <ul>
          {wrong.map(({ name, label, error }) => (
            <li key={name}>
              <a
                href={`#${fieldId(name)}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(fieldId(name))?.focus()
                }}
              >
                {label}
              </a>{' '}
              {error}
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

/** Whether a problem stands beside one of these fields already. */
export const standsBeside = (problem: ProblemAnswer | null, fields: readonly Checked[]): boolean =>
  problem !== null && fields.some(({ error }) => error !== null)
