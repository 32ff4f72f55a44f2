import type { ComponentProps } from 'react'
import { fieldId } from '../../forms/error-summary.tsx'
import { Field } from '../../forms/field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import { LABELS } from './labels.ts'
import type { ProfileFormState } from './use-profile-form.ts'
import type { ValueName } from './values.ts'

type Props = { form: ProfileFormState; name: ValueName } & Omit<
  ComponentProps<typeof Field>,
  'name' | 'label' | 'error' | 'ref' | 'form'
>

/** A name or another free text: in the direction it is written in. */
export const FREE = { dir: 'auto', autoCapitalize: 'words' } as const

/** One field of the profile in one line. */
export function TextField({ form, name, ...field }: Props) {
  const { t } = useTexts()
  const text = useProblemText()
  const error = text.named(form.formState.errors[name]?.type)
  return <Field {...field} {...form.register(name)} id={fieldId(name)} label={t(LABELS[name])} error={error} />
}
