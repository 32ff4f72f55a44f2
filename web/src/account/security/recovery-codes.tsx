import { useState } from 'react'
import { CodeForm } from '../../factors/code-form.tsx'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { call } from '../api.ts'
import { Confirm } from '../confirm.tsx'
import type { SendFactors } from './security-page.tsx'

/** How many are left, new ones, and a rehearsal that uses none up. */
export function RecoveryCodes({ left, send }: { left: number; send: SendFactors }) {
  const { t } = useTexts()
  const [isTrying, setTrying] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const renew = async () => setProblem(await send(call('post /api/me/recovery-codes', { body: {} })))
  const attempt = (code: string) =>
    send(call('post /api/me/recovery-codes/try', { body: { code } }), (say) => say('security:own.works'))
  const button = <button className="button secondary slim" type="button" />
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t('security:own.codes')}</h2>
          <p>{left > 0 ? t('security:own.left', { count: left }) : t('security:own.codes_hint')}</p>
        </div>
        {left > 0 ? (
          <Confirm
            trigger={button}
            label={t('security:own.renew')}
            title={t('security:own.renew_ask.title')}
            text={t('security:own.renew_ask.text')}
            keep={t('security:own.renew_ask.keep')}
            confirm={t('security:own.renew')}
            onConfirm={() => void renew()}
          />
        ) : (
          <button className="button secondary slim" type="button" onClick={() => void renew()}>
            {t('security:own.renew')}
          </button>
        )}
      </header>
      <FormProblem problem={problem} />
      {left > 0 && (
        <div className="body stack">
          {isTrying ? (
            <>
              <p className="soft">{t('security:own.try_hint')}</p>
              <CodeForm
                label={t('factors:recovery.label')}
                of="signs"
                submit={t('security:own.try_submit')}
                onCode={attempt}
              />
            </>
          ) : (
            <p>
              <button className="button quiet slim flush" type="button" onClick={() => setTrying(true)}>
                {t('security:own.try')}
              </button>
            </p>
          )}
        </div>
      )}
    </section>
  )
}
