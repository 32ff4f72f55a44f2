import { AlertDialog } from '@base-ui/react/alert-dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Me } from '@vestibule/shared/contract/me.ts'
import { type FormEvent, useState } from 'react'
import { Field } from '../../forms/field.tsx'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useDoing } from '../account-context.tsx'
import { call, meQuery } from '../api.ts'

/** The way out, with the login name typed once more. */
export function DeleteAccount({ me }: { me: Me }) {
  const { t } = useTexts()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('data:deletion.heading')}</h2>
          <p>{t('data:deletion.text', { count: me.deletionGraceDays })}</p>
        </div>
        <AlertDialog.Root open={isOpen} onOpenChange={setIsOpen}>
          <AlertDialog.Trigger className="button secondary slim">{t('data:deletion.button')}</AlertDialog.Trigger>
          <AlertDialog.Portal>
            <AlertDialog.Backdrop className="backdrop" />
            <AlertDialog.Popup className="dialog">
              <Question loginName={me.loginName} onDone={() => setIsOpen(false)} />
            </AlertDialog.Popup>
          </AlertDialog.Portal>
        </AlertDialog.Root>
      </header>
    </section>
  )
}

function Question({ loginName, onDone }: { loginName: string; onDone: () => void }) {
  const { t } = useTexts()
  const run = useDoing('data')
  const queries = useQueryClient()
  const [isMismatch, setIsMismatch] = useState(false)
  const plan = useMutation({
    mutationFn: (typed: string) => run(call('post /api/me/deletion', { body: { loginName: typed } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: meQuery.queryKey })
      onDone()
    },
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const typed = String(new FormData(form).get('loginName')).trim()
    const isSame = typed.toLowerCase() === loginName.toLowerCase()
    setIsMismatch(!isSame)
    if (!isSame) form.querySelector('input')?.focus()
    else if (!plan.isPending) plan.mutate(typed)
  }
  return (
    <form className="stack tight" noValidate onSubmit={onSubmit}>
      <AlertDialog.Title>{t('data:deletion.ask_title')}</AlertDialog.Title>
      <AlertDialog.Description className="soft">
        <Sentence of="data:deletion.ask_text" parts={{ loginName: <Address>{loginName}</Address> }} />
      </AlertDialog.Description>
      <Field
        name="loginName"
        label={t('data:deletion.label')}
        autoComplete="off"
        error={isMismatch ? t('data:deletion.mismatch') : null}
      />
      <FormProblem problem={isMismatch || !plan.error ? null : asProblem(plan.error)} />
      <div className="pair">
        <AlertDialog.Close className="button secondary">{t('data:deletion.keep')}</AlertDialog.Close>
        <button className="button destroy" type="submit" aria-busy={plan.isPending}>
          {t('data:deletion.confirm')}
        </button>
      </div>
    </form>
  )
}
