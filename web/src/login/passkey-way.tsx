import type { AssertionResponse } from '@vestibule/shared/contract/webauthn.ts'
import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { useEffect, useState } from 'react'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { PasskeyIcon } from '../ui/icons.tsx'
import { Notice } from '../ui/notice.tsx'
import type { Send } from './actions.ts'

type PasskeyProps = {
  answer: LoginAnswer
  send: Send
  /** The page has a field beside which the browser may offer passkeys by itself. */
  besideField?: boolean
  staySignedIn?: () => boolean
}

/** The button is there at once; what it does is fetched meanwhile, and where it can not be, every other way is still there. */
const loadCeremony = () => import('./passkey-ceremony.ts').catch(() => null)

/** The way in by a passkey, in browsers that have them. */
export function PasskeyWay(props: PasskeyProps) {
  return typeof PublicKeyCredential === 'function' ? <PasskeyButton {...props} /> : null
}

/** By pressing, and beside a field by itself. */
function PasskeyButton({ answer: { request }, send, besideField = false, staySignedIn = () => false }: PasskeyProps) {
  const { t } = useTexts()
  const [isGivenUp, setGivenUp] = useState(false)
  const [refusal, setRefusal] = useState<ProblemAnswer | null>(null)
  // each time a prompt has ended the browser may offer again
  const [prompts, setPrompts] = useState(0)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    setGivenUp(false)
    setRefusal(null)
    const ceremony = await loadCeremony()
    if (!ceremony) return new ProblemAnswer({ code: 'unreachable' })
    const answer = await ceremony.askForPasskey(request, (credential) =>
      send('passkey', { credential, staySignedIn: staySignedIn() }),
    )
    setGivenUp(answer === 'given_up')
    setPrompts((before) => before + 1)
    return answer === 'given_up' ? null : answer
  })
  useEffect(() => {
    if (!besideField) return
    const page = new AbortController()
    const onPasskey = async (credential: AssertionResponse) => {
      const refused = await send('passkey', { credential, staySignedIn: false })
      setRefusal(refused)
      if (refused) setPrompts((before) => before + 1)
      return refused
    }
    void loadCeremony().then((ceremony) => ceremony?.offerPasskeys(request, onPasskey, page.signal))
    return () => page.abort()
  }, [besideField, request, send, prompts])

  return (
    <form className="stack tight" onSubmit={onSubmit} noValidate>
      <FormProblem problem={problem ?? refusal} />
      <div role="status" className="announce">
        {isGivenUp && <Notice>{t('passkeys:sign_in.given_up')}</Notice>}
      </div>
      <button className="button secondary" type="submit" aria-busy={pending}>
        <PasskeyIcon />
        <span>{t('passkeys:sign_in.button')}</span>
      </button>
    </form>
  )
}
