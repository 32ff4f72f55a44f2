import type { BrandingView } from '@vestibule/shared/branding.ts'
import type { LinkedAccount } from '@vestibule/shared/contract/passkey-link.ts'
import { useState } from 'react'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { PasskeyIcon } from '../../ui/icons.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Address, Name, Sentence } from '../../ui/sentence.tsx'
import { ToAccount } from '../../ui/to-account.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { createPasskey, hasPasskeys, type NoPasskey, signalUnknown } from '../../webauthn.ts'
import { call, linkedAccountQuery } from '../api.ts'
import { BAD_LINK, type LinkEnd, LinkPage, type LinkWords } from '../links/link-page.tsx'
import { Looking } from '../links/looking.tsx'
import { useLink } from '../links/use-link.ts'

const WORDS: LinkWords = {
  done: {
    heading: 'passkeys:elsewhere.done_heading',
    text: 'passkeys:elsewhere.done_text',
    button: 'common:your_account',
  },
  bad: { text: 'passkeys:elsewhere.bad_text', button: 'common:your_account', to: 'passkeys' },
}

/** Where the link of another device leads: it says whose account it is, and makes a passkey after a press. */
export function EnrollPage({ branding, token }: { branding: BrandingView; token: string | null }) {
  const { data: account, problem, isBad } = useLink(linkedAccountQuery(token))
  const [ended, setEnd] = useState<LinkEnd | null>(token ? null : BAD_LINK)
  const end = isBad ? BAD_LINK : ended
  const place = branding.name
  return (
    <LinkPage branding={branding} step={account ? 'asking' : problem ? 'failed' : 'looking'} end={end} words={WORDS}>
      {token && account ? (
        <Asking {...{ token, account, place, onEnd: setEnd }} />
      ) : (
        <Looking heading="passkeys:elsewhere.heading" place={place} problem={problem} />
      )}
    </LinkPage>
  )
}

type AskingProps = { token: string; account: LinkedAccount; place: string; onEnd: (end: LinkEnd) => void }

function Asking({ token, account, place, onEnd }: AskingProps) {
  const { t } = useTexts()
  const [nothing, setNothing] = useState<NoPasskey | null>(null)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    setNothing(null)
    try {
      const { options } = await call('post /api/passkey-link/options', { body: { token } })
      const credential = await createPasskey(options)
      if (typeof credential === 'string') {
        setNothing(credential)
        return null
      }
      const added = call('post /api/passkey-link', { body: { token, credential } })
      // nobody keeps the other half of one that was refused
      added.catch(() => signalUnknown(options.rp.id, credential.id))
      onEnd({ kind: 'done', ...(await added) })
      return null
    } catch (error) {
      const answer = asProblem(error)
      if (answer.code !== 'code_invalid') return answer
      onEnd(BAD_LINK)
      return null
    }
  })
  const heading = t('passkeys:elsewhere.heading')
  useTitle(heading, place, problem !== null)
  const parts = { loginName: <Address>{account.loginName}</Address>, organization: <Name>{account.organization}</Name> }
  return (
    <>
      <Head icon={<PasskeyIcon />} heading={heading} lead={<Sentence of="passkeys:elsewhere.lead" parts={parts} />}>
        <p className="soft">{t('passkeys:elsewhere.only_own')}</p>
      </Head>
      {hasPasskeys() ? (
        <form className="stack" noValidate onSubmit={onSubmit}>
          <div role="status" className="announce">
            {nothing && <Notice>{t(`passkeys:${nothing}`)}</Notice>}
          </div>
          <Submit pending={pending} problem={problem}>
            {t('passkeys:offer.create')}
          </Submit>
          <p className="hint">{t('passkeys:device_asks')}</p>
          <ToAccount />
        </form>
      ) : (
        <div className="stack">
          <p>{t('passkeys:unsupported')}</p>
          <ToAccount />
        </div>
      )}
    </>
  )
}
