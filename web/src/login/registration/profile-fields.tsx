import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { LONGEST_NAME } from '@vestibule/shared/name-rule.ts'
import type { ComponentProps, ReactNode } from 'react'
import { fieldId } from '../../forms/error-summary.tsx'
import { Field } from '../../forms/field.tsx'
import { type TextKey, useTexts } from '../../i18n.ts'
import { Address, Sentence } from '../../ui/sentence.tsx'

type Step = Extract<LoginStepView, { kind: 'register' }>
export type ValueName = keyof Step['values']

const NAME = { dir: 'auto', autoCapitalize: 'words', maxLength: LONGEST_NAME } as const

/** What each field is to a browser: its keyboard, and what fills it in by itself (HTML, autofill). */
const KINDS: Record<ValueName, Omit<ComponentProps<'input'>, 'children'>> = {
  givenName: { ...NAME, autoComplete: 'given-name' },
  familyName: { ...NAME, autoComplete: 'family-name' },
  email: { type: 'email', autoComplete: 'email', maxLength: 254 },
  username: { autoComplete: 'username', maxLength: 128 },
  phone: { type: 'tel', autoComplete: 'tel', maxLength: 40 },
  nickname: { ...NAME, autoComplete: 'nickname' },
  birthdate: { type: 'date', autoComplete: 'bday' },
  gender: { dir: 'auto', autoComplete: 'sex', maxLength: 80 },
  website: { type: 'url', autoComplete: 'url', maxLength: 2048 },
}

/** An example is data: it is written as people type it, in every language. */
const HINTS: Partial<Record<ValueName, { of: TextKey; example?: string }>> = {
  email: { of: 'registration:hints.email' },
  phone: { of: 'registration:hints.phone', example: '+49 30 901820' },
  website: { of: 'registration:hints.website', example: 'https://' },
}

type Props = { step: Step; name: ValueName; error: string | null; isOptional?: boolean }

export function ProfileField({ step, name, error, isOptional = false }: Props) {
  const { t } = useTexts()
  return (
    <Field
      {...KINDS[name]}
      id={fieldId(name)}
      name={name}
      label={t(`registration:fields.${name}`)}
      defaultValue={step.values[name] ?? ''}
      hint={name in HINTS && <Hint name={name} />}
      error={error}
      isOptional={isOptional}
      required={!isOptional}
    />
  )
}

function Hint({ name }: { name: ValueName }): ReactNode {
  const hint = HINTS[name]
  if (!hint) return null
  return <Sentence of={hint.of} parts={{ example: <Address>{hint.example ?? ''}</Address> }} />
}
