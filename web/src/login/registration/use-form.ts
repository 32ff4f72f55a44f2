import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import { contextWords } from '@vestibule/shared/password-rules.ts'
import type { PasswordRules } from '@vestibule/shared/policies/password.ts'
import { type FormEvent, useState } from 'react'
import type { Checked } from '../../forms/error-summary.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import type { ValueName } from './profile-fields.tsx'

type Step = Extract<LoginStepView, { kind: 'register' }>

/** Where the family name comes first when people say who they are. */
const FAMILY_FIRST: ReadonlySet<string> = new Set(['ja'])

/** Every field of the form in its order, and whether it may stay empty. */
export function useFields({ fields }: Step): { name: ValueName; isOptional: boolean }[] {
  const { language } = useTexts()
  const names = ['givenName', 'familyName'] as const
  const asked = [...(FAMILY_FIRST.has(language) ? names.toReversed() : names), 'email'] as const
  return [
    ...asked.map((name) => ({ name, isOptional: false })),
    ...fields.map(({ name, isRequired }) => ({ name, isOptional: !isRequired })),
  ]
}

/** Each field with what is wrong with it, in the order of the form. */
export function useChecked(names: readonly ValueName[], problem: ProblemAnswer | null): Checked[] {
  const { t } = useTexts()
  const text = useProblemText()
  const checked = (name: ValueName | 'newPassword', label: string): Checked => ({
    name,
    label,
    error: text.field(problem, name),
  })
  const [accepted] = problem?.fields.accepted ?? []
  return [
    ...names.map((name) => checked(name, t(`registration:fields.${name}`))),
    checked('newPassword', t('registration:fields.newPassword')),
    {
      name: 'accepted',
      label: t('registration:fields.accepted'),
      error: accepted ? t(`registration:accept.${accepted === 'required' ? 'required' : 'changed'}`) : null,
    },
  ]
}

const OWN_WORDS = new Set(['givenName', 'familyName', 'nickname', 'email', 'username'])

/** The rules for the password with what was typed of its owner meanwhile, as the server will see them. */
export function useOwnWords({ passwordRules, values }: Step) {
  const [words, setWords] = useState<Record<string, string>>(values)
  const own = Object.entries(words).flatMap(([name, word]) => (OWN_WORDS.has(name) ? [word] : []))
  const rules: PasswordRules = {
    ...passwordRules,
    contextWords: [...passwordRules.contextWords, ...contextWords(own, [])],
  }
  const onInput = ({ target }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLInputElement) || !OWN_WORDS.has(target.name)) return
    setWords((before) => ({ ...before, [target.name]: target.value }))
  }
  return { rules, onInput }
}
