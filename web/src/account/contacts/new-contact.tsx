import { useState } from 'react'
import { Field } from '../../forms/field.tsx'
import { useProblemText } from '../../forms/problem-text.ts'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { missing } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useAccount } from '../account-context.tsx'
import { call } from '../api.ts'
import { takeTyped } from '../typed.ts'
import type { ContactKind, SendContact } from './contact-page.tsx'

const EXAMPLE = '+49 30 901820'

const KINDS = {
  email: { type: 'email', autoComplete: 'email', inputMode: 'email' },
  phone: { type: 'tel', autoComplete: 'tel', inputMode: 'tel' },
} as const

type Props = { kind: ContactKind /** There is none yet. */; isFirst: boolean; send: SendContact }

/** Asks for the one that is to take the place of the present one. */
export function NewContact({ kind, isFirst, send }: Props) {
  const { t } = useTexts()
  const text = useProblemText()
  const { me } = useAccount()
  const [kept] = useState(() => takeTyped(me.id, kind))
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const value = String(form.get('value')).trim()
    if (!value) return missing('value')
    const work = call(`post /api/me/${kind}`, { body: { value } })
    return send(work, { form: kind, values: { value } })
  })
  const error = text.field(problem, 'value')
  return (
    <section className="section">
      <header>
        <h2>{t(`profile:contacts.${kind}_page.${isFirst ? 'add' : 'replace'}`)}</h2>
      </header>
      <form className="body fields" onSubmit={onSubmit} noValidate>
        {kept && <Notice kind="success">{t('account:returned')}</Notice>}
        <Field
          {...KINDS[kind]}
          name="value"
          label={t(`profile:contacts.${kind}_page.new`)}
          defaultValue={kept?.value ?? ''}
          hint={
            <Sentence of={`profile:contacts.${kind}_page.hint`} parts={{ example: <Address>{EXAMPLE}</Address> }} />
          }
          maxLength={254}
          error={error}
          required
        />
        <div className="ends">
          <Submit pending={pending} problem={error ? null : problem}>
            {t('profile:contacts.send')}
          </Submit>
        </div>
      </form>
    </section>
  )
}
