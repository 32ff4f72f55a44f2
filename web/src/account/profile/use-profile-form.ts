import { useQueryClient } from '@tanstack/react-query'
import type { OwnProfile } from '@vestibule/shared/contract/profile.ts'
import { useEffect, useState } from 'react'
import { type UseFormReturn, useForm } from 'react-hook-form'
import type { Checked } from '../../forms/error-summary.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { useAccount, useDoing } from '../account-context.tsx'
import { call, meQuery, profileQuery } from '../api.ts'
import { takeTyped } from '../typed.ts'
import { LABELS } from './labels.ts'
import { changeOf, type ValueName, type Values, valuesOf, wrongFields } from './values.ts'

export type ProfileFormState = UseFormReturn<Values>

/**
 * The form over the profile as the server has it. When that is changed elsewhere, fields that nobody touched here follow, and what was
 * typed stays.
 */
export function useProfileForm(profile: OwnProfile) {
  const { t } = useTexts()
  const text = useProblemText()
  const queries = useQueryClient()
  const { me } = useAccount()
  const run = useDoing('profile')
  const [kept] = useState(() => takeTyped(me.id, 'profile') as Partial<Values> | null)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [outcome, setOutcome] = useState<'saved' | 'unchanged' | null>(null)
  const form = useForm<Values>({ defaultValues: valuesOf(profile) })
  const { reset, setValue, setError, handleSubmit, formState } = form

  useEffect(() => {
    for (const [name, value] of Object.entries(kept ?? {})) setValue(name as ValueName, value, { shouldDirty: true })
  }, [kept, setValue])
  useEffect(() => reset(valuesOf(profile), { keepDirtyValues: true, keepErrors: true }), [profile, reset])

  const submit = handleSubmit(async (values) => {
    setProblem(null)
    setOutcome(null)
    const change = changeOf(values, profile)
    const wrong = wrongFields(change)
    for (const [name, type] of wrong) setError(name, { type })
    if (wrong.size > 0) return
    if (Object.keys(change).length === 0) return setOutcome('unchanged')
    try {
      const body = { ...change, version: profile.version }
      const saved = await run(call('patch /api/me/profile', { body }), { form: 'profile', values })
      reset(valuesOf(saved))
      queries.setQueryData(profileQuery.queryKey, saved)
      void queries.invalidateQueries({ queryKey: meQuery.queryKey })
      setOutcome('saved')
    } catch (error) {
      setProblem(asProblem(error))
      await queries.invalidateQueries({ queryKey: profileQuery.queryKey })
    }
  })

  const fields: Checked[] = (Object.keys(LABELS) as ValueName[]).map((name) => ({
    name,
    label: t(LABELS[name]),
    error: text.named(formState.errors[name]?.type),
  }))
  return { form, fields, problem, outcome, submit, returned: kept !== null }
}
