import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '../../forms/field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem, missing } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useAccount, useDoing } from '../account-context.tsx'
import { call, contactsQuery, meQuery } from '../api.ts'
import { Room } from '../room.tsx'
import { takeTyped } from '../typed.ts'
import { roomAround } from '../within.ts'

/** Another user name, where the organization leaves that to its people. */
export function UsernamePage() {
  const { t } = useTexts()
  const { me } = useAccount()
  const { data: contacts } = useQuery(contactsQuery)
  const isFixed = contacts?.username.isChangeable === false
  const organization = <Name>{me.organization}</Name>
  const lead = isFixed ? 'profile:contacts.username_page.fixed' : 'profile:contacts.username_page.lead'
  return (
    <Room
      title={t('profile:contacts.username')}
      lead={<Sentence of={lead} parts={{ organization }} />}
      within={roomAround('username')}
    >
      {contacts && !isFixed && <UsernameForm present={contacts.username.value ?? ''} />}
    </Room>
  )
}

function UsernameForm({ present }: { present: string }) {
  const { t } = useTexts()
  const text = useProblemText()
  const { me } = useAccount()
  const run = useDoing('username')
  const queries = useQueryClient()
  const [kept] = useState(() => takeTyped(me.id, 'username'))
  const [isSaved, setSaved] = useState(false)
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    setSaved(false)
    const username = String(form.get('username')).trim()
    if (!username) return missing('username')
    try {
      const work = call('post /api/me/username', { body: { username } })
      queries.setQueryData(contactsQuery.queryKey, await run(work, { form: 'username', values: { username } }))
      void queries.invalidateQueries({ queryKey: meQuery.queryKey })
      setSaved(true)
      return null
    } catch (refusal) {
      return asProblem(refusal)
    }
  })
  const error = text.field(problem, 'username')
  return (
    <section className="section" aria-label={t('profile:contacts.username')}>
      <form className="body fields alone" onSubmit={onSubmit} noValidate>
        {kept && !isSaved && <Notice kind="success">{t('account:returned')}</Notice>}
        <Field
          name="username"
          label={t('profile:contacts.username_page.label')}
          autoComplete="username"
          defaultValue={kept?.username ?? present}
          maxLength={128}
          error={error}
          required
        />
        <div role="status" className="announce">
          {isSaved && <Notice kind="success">{t('profile:saved')}</Notice>}
        </div>
        <div className="ends">
          <Submit pending={pending} problem={error ? null : problem}>
            {t('common:save')}
          </Submit>
        </div>
      </form>
    </section>
  )
}
