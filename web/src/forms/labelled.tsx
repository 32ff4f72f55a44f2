import { type ReactNode, useId } from 'react'
import { useTexts } from '../i18n.ts'
import { AlertIcon } from '../ui/icons.tsx'

type Described = { id: string; 'aria-invalid': boolean; 'aria-describedby': string }
type Props = {
  /** Where an error summary leads to. */
  id?: string
  label: string
  error: string | null
  hint?: ReactNode
  isOptional?: boolean
  /** The control, with what ties it to its label, error and hint. */
  children: (described: Described) => ReactNode
}

/** Label, control and, below, what is wrong with it and what to know. For controls that are no input of one line. */
export function Labelled({ id: given, label, error, hint, isOptional = false, children }: Props) {
  const { t } = useTexts()
  const own = useId()
  const id = given ?? own
  const describedBy = hint ? `${id}-error ${id}-hint` : `${id}-error`
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {isOptional && <span className="optional">{t('common:optional')}</span>}
      </label>
      {children({ id, 'aria-invalid': error !== null, 'aria-describedby': describedBy })}
      <FieldError id={id} error={error} />
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  )
}

/** Always there, so that a screen reader is told when it fills. */
export function FieldError({ id, error }: { id: string; error: string | null }) {
  return (
    <div id={`${id}-error`} aria-live="polite">
      {error && (
        <p className="error">
          <AlertIcon />
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}
