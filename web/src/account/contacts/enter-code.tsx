import type { OwnContact } from '@vestibule/shared/contract/contacts.ts'
import { useEffect, useRef } from 'react'
import { CodeField, codeIn, isOfCode } from '../../forms/code-field.tsx'
import { ResendCode } from '../../forms/resend-code.tsx'
import { FormProblem, Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { call } from '../api.ts'
import type { ContactKind, SendContact } from './contact-page.tsx'

type Props = { kind: ContactKind; pending: NonNullable<OwnContact['pending']>; send: SendContact }

/** Asks for the code that was sent to the new one. The heading takes the focus, because what was pressed is gone. */
export function EnterCode({ kind, pending, send }: Props) {
  const { t } = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  const enter = useSubmit(async (form) => {
    const code = codeIn(form)
    return typeof code === 'string' ? send(call(`post /api/me/${kind}/code`, { body: { code } })) : code
  })
  const cancel = useSubmit(() => send(call(`post /api/me/${kind}/cancel`, { body: {} })))
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className="section">
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {t('common:code.label')}
          </h2>
          <p>
            <Sentence of="profile:contacts.code.lead" parts={{ value: <Address>{pending.value}</Address> }} />
          </p>
        </div>
      </header>
      <div className="body fields">
        <form className="fields" onSubmit={enter.onSubmit} noValidate>
          <CodeField label={t('common:code.label')} of="digits" problem={enter.problem} />
          <div className="ends">
            <Submit pending={enter.pending} problem={isOfCode(enter.problem) ? null : enter.problem}>
              {t('profile:contacts.code.submit')}
            </Submit>
          </div>
        </form>
        <ResendCode step={pending} onResend={() => send(call(`post /api/me/${kind}/resend`, { body: {} }))} />
        <form onSubmit={cancel.onSubmit} noValidate>
          <FormProblem problem={cancel.problem} />
          <button className="button quiet slim flush" type="submit" aria-busy={cancel.pending}>
            {t('profile:contacts.code.keep')}
          </button>
        </form>
      </div>
    </section>
  )
}
