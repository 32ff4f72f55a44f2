import type { AssertionResponse } from '@vestibule/shared/contract/webauthn.ts'
import { useEffect, useState } from 'react'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import type { ProblemAnswer } from '../problem-answer.ts'
import { PasskeyIcon } from '../ui/icons.tsx'
import { Notice } from '../ui/notice.tsx'
import { askForPasskey, offerPasskeys } from './passkey-ceremony.ts'
import type { PasskeyProps } from './passkey-way.tsx'

/** The way in by a passkey: by pressing, and beside a field by itself. */
export default function PasskeyButton({
  answer: { request },
  send,
  besideField = false,
  staySignedIn = () => false,
}: PasskeyProps) {
  const { t } = useTexts()
  const [isGivenUp, setGivenUp] = useState(false)
  const [refusal, setRefusal] = useState<ProblemAnswer | null>(null)
  // each time a prompt has ended the browser may offer again
  const [prompts, setPrompts] = useState(0)
  const { problem, pending, onSubmit } = useSubmit(async () => {
    setGivenUp(false)
    setRefusal(null)
    const answer = await askForPasskey(request, (credential) =>
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
    void offerPasskeys(request, onPasskey, page.signal)
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
