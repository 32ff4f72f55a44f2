import type { passkeyOptionsRoutes } from '@vestibule/shared/contract/login-passkey.ts'
import { useState } from 'react'
import { createCall } from '../../call.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { Head } from '../../ui/head.tsx'
import { PasskeyIcon, TickCircleIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useTitle } from '../../ui/use-title.ts'
import type { NoPasskey } from '../../webauthn.ts'
import { placeOf, type ScreenProps } from '../actions.ts'
import { makePasskey } from '../new-passkey.ts'

const call = createCall<typeof passkeyOptionsRoutes>()

/** After a registration or a reset: a passkey, or "not now". */
export function OfferPasskeyScreen({ answer, send }: ScreenProps<'offer_passkey'>) {
  const { t } = useTexts()
  const [nothing, setNothing] = useState<NoPasskey | null>(null)
  const params = { request: answer.request }
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    setNothing(null)
    if (form.get('decision') === 'not_now') return send('decline-passkey', {})
    const outcome = await makePasskey({
      begin: () => call('post /api/login/{request}/offered-passkey-options', { params, body: {} }),
      onPasskey: (credential) => send('offered-passkey', { credential }),
    })
    if (typeof outcome !== 'string') return outcome
    setNothing(outcome)
    return null
  })
  const heading = t('passkeys:offer.heading')
  useTitle(heading, placeOf(answer), problem !== null)

  return (
    <>
      <Head icon={<PasskeyIcon />} heading={heading} lead={t('passkeys:offer.lead')} />
      <form className="stack wide" onSubmit={onSubmit} noValidate>
        <ul className="scopes">
          {(['private', 'strong', 'free'] as const).map((reason) => (
            <li key={reason}>
              <TickCircleIcon />
              <strong>{t(`passkeys:offer.${reason}`)}</strong>
              <small>{t(`passkeys:offer.${reason}_detail`)}</small>
            </li>
          ))}
        </ul>
        <FormProblem problem={problem} />
        <div role="status" className="announce">
          {nothing && <Notice>{t(nothing === 'known' ? 'passkeys:known' : 'passkeys:offer.given_up')}</Notice>}
        </div>
        <div className="pair long">
          <button className="button secondary" type="submit" name="decision" value="not_now">
            {t('passkeys:offer.not_now')}
          </button>
          <button className="button primary" type="submit" name="decision" value="create" aria-busy={pending}>
            {t('passkeys:offer.create')}
          </button>
        </div>
        <p className="hint">{t('passkeys:device_asks')}</p>
      </form>
    </>
  )
}
