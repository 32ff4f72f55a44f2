import { type ComponentProps, type ReactNode, useId } from 'react'
import { useTexts } from '../i18n.ts'
import { AlertIcon } from '../ui/icons.tsx'

type Props = Omit<ComponentProps<'input'>, 'children'> & {
  name: string
  label: string
  error: string | null
  /** What to know before typing. */
  hint?: ReactNode
  /** Says that it may stay empty. */
  isOptional?: boolean
  /** Something at the end of the box: an icon, or a button of class `inside`. */
  children?: (id: string) => ReactNode
}

/**
 * Label, input and, below, the error that belongs to it. Identifiers, addresses and secrets are written left to right in every language;
 * a field for a name or a free text says otherwise. The error's element is always there, so that a screen reader is told when it fills.
 */
export function Field({ label, error, hint, isOptional = false, children, ...input }: Props) {
  const { t } = useTexts()
  const own = useId()
  const id = input.id ?? own
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {isOptional && <span className="optional">{t('common:optional')}</span>}
      </label>
      <div className="box">
        <input
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          {...input}
          id={id}
          aria-invalid={error !== null}
          aria-describedby={hint ? `${id}-error ${id}-hint` : `${id}-error`}
        />
        {children?.(id)}
      </div>
      <div id={`${id}-error`} aria-live="polite">
        {error && (
          <p className="error">
            <AlertIcon />
            <span>{error}</span>
          </p>
        )}
      </div>
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  )
}
