import { type ComponentProps, type ReactNode, useId } from 'react'
import { AlertIcon } from '../ui/icons.tsx'

type Props = Omit<ComponentProps<'input'>, 'id' | 'children'> & {
  name: string
  label: string
  error: string | null
  /** Something at the end of the box: an icon, or a button of class `inside`. */
  children?: (id: string) => ReactNode
}

/**
 * Label, input and, below, the error that belongs to it. Identifiers, addresses and secrets are written left to right in every language.
 * The error's element is always there, so that a screen reader is told when it fills.
 */
export function Field({ label, error, children, ...input }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="box">
        <input
          {...input}
          id={id}
          dir="ltr"
          autoCapitalize="none"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
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
    </div>
  )
}
