import { type ComponentProps, useEffect, useState } from 'react'
import { useTexts } from '../i18n.ts'
import { Field } from './field.tsx'

type Props = Omit<ComponentProps<typeof Field>, 'type' | 'children'> & {
  /** While the form is sent the password is covered again, so that no browser keeps it as text. */
  pending: boolean
}

/** A password with a button that shows it. The button says what it does, the status says what is. */
export function PasswordField({ pending, ...field }: Props) {
  const { t } = useTexts()
  const [shown, setShown] = useState<boolean | null>(null)
  useEffect(() => {
    if (pending) setShown(null)
  }, [pending])

  return (
    <Field {...field} type={shown ? 'text' : 'password'}>
      {(id) => (
        <>
          <button
            className="inside"
            type="button"
            aria-controls={id}
            aria-label={shown ? t('common:hide_password') : t('common:show_password')}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('common:hide') : t('common:show')}
          </button>
          <span className="unseen" role="status">
            {shown !== null && (shown ? t('common:password_is_shown') : t('common:password_is_hidden'))}
          </span>
        </>
      )}
    </Field>
  )
}
