import { useQueryClient } from '@tanstack/react-query'
import type { OwnPassword } from '@vestibule/shared/contract/own-password.ts'
import { useEffect, useRef, useState } from 'react'
import { isOfNewPassword, NewPasswordField, newPasswordIn } from '../../forms/new-password-field.tsx'
import { PasswordEnds } from '../../forms/password-ends.tsx'
import { PasswordField } from '../../forms/password-field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem, missing, type ProblemAnswer } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { useAccount, useDoing } from '../account-context.tsx'
import { call, meQuery, ownPasswordQuery } from '../api.ts'

/** The present password and another one. A wrong one is said beside its field; both are emptied once it is changed. */
export function PasswordForm({ password }: { password: OwnPassword }) {
  const { t, locale } = useTexts()
  const text = useProblemText()
  const { me } = useAccount()
  const [changes, setChanges] = useState(0)
  const change = useChange(() => setChanges((before) => before + 1))
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const currentPassword = String(form.get('currentPassword'))
    if (currentPassword === '') return missing('currentPassword')
    const newPassword = newPasswordIn(form, password.rules)
    if (typeof newPassword !== 'string') return newPassword
    return change({ currentPassword, newPassword, endOtherSessions: form.get('endOtherSessions') === 'on' })
  })
  const isWrong = problem?.code === 'invalid_credentials'
  const wrong = isWrong ? t('password:own.wrong') : text.field(problem, 'currentPassword')
  const said = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (changes > 0) said.current?.focus()
  }, [changes])
  const since =
    password.changedAt && new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(new Date(password.changedAt))

  return (
    <section className="section">
      <header>
        <p>{since && t('password:own.since', { date: since })}</p>
      </header>
      <div className="body stack">
        <PasswordEnds at={password.endsAt} />
        <div role="status" tabIndex={-1} ref={said}>
          {changes > 0 && <Notice kind="success">{t('password:own.changed')}</Notice>}
        </div>
        {/* what was typed goes with the form that it was typed in */}
        <form className="stack" onSubmit={onSubmit} noValidate key={changes}>
          {/* Password managers save the pair, and need both halves in one form. */}
          <input type="text" name="identifier" autoComplete="username" value={me.loginName} readOnly hidden />
          <PasswordField
            name="currentPassword"
            label={t('password:own.current')}
            autoComplete="current-password"
            maxLength={1024}
            pending={pending}
            error={wrong}
            required
          />
          <NewPasswordField rules={password.rules} pending={pending} problem={problem} />
          <label className="check">
            <input type="checkbox" name="endOtherSessions" defaultChecked />
            <span>{t('password:choose.elsewhere')}</span>
            <small>{t('password:choose.elsewhere_hint')}</small>
          </label>
          <div className="ends">
            <Submit pending={pending} problem={wrong || isOfNewPassword(problem) ? null : problem}>
              {t('common:new_password.save')}
            </Submit>
          </div>
        </form>
      </div>
    </section>
  )
}

type Chosen = { currentPassword: string; newPassword: string; endOtherSessions: boolean }

/** Sends it; what else says something of the password is asked for anew. */
function useChange(onChanged: () => void): (chosen: Chosen) => Promise<ProblemAnswer | null> {
  const run = useDoing('password')
  const queries = useQueryClient()
  return async (body) => {
    try {
      const password = await run(call('post /api/me/password', { body }))
      queries.setQueryData(ownPasswordQuery.queryKey, password)
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      onChanged()
      return null
    } catch (error) {
      return asProblem(error)
    }
  }
}
