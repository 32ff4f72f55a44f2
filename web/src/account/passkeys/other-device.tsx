import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { PasskeyLink } from '@vestibule/shared/contract/passkey-link.ts'
import { useEffect, useState } from 'react'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { LinkIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { useDoing } from '../account-context.tsx'
import { call, passkeyLinkQuery, passkeysQuery } from '../api.ts'

type End = 'used' | 'over' | 'cancelled' | null

/** A passkey on another device, by a link that is shown here and opened there. */
export function OtherDevice() {
  const { t } = useTexts()
  const run = useDoing('passkeys')
  const [link, setLink] = useState<PasskeyLink | null>(null)
  const [end, setEnd] = useState<End>(null)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    setEnd(null)
    try {
      setLink(await run(call('post /api/me/passkeys/link', { body: {} })))
      return null
    } catch (error) {
      return asProblem(error)
    }
  })
  const close = (how: End) => {
    setLink(null)
    setEnd(how)
  }

  return (
    <section className="section" aria-labelledby="other-device">
      <header>
        <div>
          <h2 id="other-device">{t('passkeys:elsewhere.title')}</h2>
          <p>{t('passkeys:elsewhere.text')}</p>
        </div>
        {!link && (
          <form onSubmit={onSubmit} noValidate>
            <button className="button secondary slim" type="submit" aria-busy={pending}>
              <LinkIcon />
              <span>{t('passkeys:elsewhere.make')}</span>
            </button>
          </form>
        )}
      </header>
      <div className="body stack">
        <FormProblem problem={problem} />
        <div role="status" className="announce">
          {end && <Notice kind={end === 'used' ? 'success' : 'info'}>{t(`passkeys:elsewhere.${end}`)}</Notice>}
        </div>
        {link && <Waiting link={link} onEnd={close} />}
      </div>
    </section>
  )
}

/** The link, as long as it waits. It is noticed when the other device has used it. */
function Waiting({ link, onEnd }: { link: PasskeyLink; onEnd: (how: End) => void }) {
  const { t } = useTexts()
  const run = useDoing('passkeys')
  const queries = useQueryClient()
  const { data } = useQuery(passkeyLinkQuery)
  const cancel = useSubmit(async () => {
    try {
      await run(call('post /api/me/passkeys/link/cancel', { body: {} }))
      onEnd('cancelled')
      return null
    } catch (error) {
      return asProblem(error)
    }
  })
  const state = data?.state
  useEffect(() => {
    if (state === undefined || state === 'open') return
    onEnd(state === 'used' ? 'used' : 'over')
    if (state === 'used') void queries.invalidateQueries({ queryKey: passkeysQuery.queryKey })
  }, [state, onEnd, queries])
  const minutes = Math.max(1, Math.ceil((data?.endsIn ?? link.endsIn) / 60))

  return (
    <>
      <Notice kind="warning">{t('passkeys:elsewhere.warning')}</Notice>
      <QrCode code={link.qr} label={t('passkeys:elsewhere.qr')} />
      <div className="field">
        <span className="label" id="passkey-link-label">
          {t('passkeys:elsewhere.link')}
        </span>
        <div className="secret">
          <code dir="ltr" aria-labelledby="passkey-link-label">
            {link.link}
          </code>
          <CopyButton text={link.link} />
        </div>
      </div>
      <p className="soft" aria-live="polite">
        {t('passkeys:elsewhere.lives', { count: minutes })}
      </p>
      <form className="stack tight" onSubmit={cancel.onSubmit} noValidate>
        <FormProblem problem={cancel.problem} />
        <button className="button secondary" type="submit" aria-busy={cancel.pending}>
          {t('passkeys:elsewhere.cancel')}
        </button>
      </form>
    </>
  )
}
