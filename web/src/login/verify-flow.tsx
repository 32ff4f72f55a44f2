import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { useEffect, useState } from 'react'
import { wear } from '../branding.ts'
import { followLanguage, useTexts } from '../i18n.ts'
import { asProblem } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { Head } from '../ui/head.tsx'
import { MailIcon, WarningIcon } from '../ui/icons.tsx'
import { ToAccount } from '../ui/to-account.tsx'
import { useTitle } from '../ui/use-title.ts'
import { call } from './actions.ts'
import type { FlowProps } from './lazy-flows.ts'
import { loadScreen } from './lazy-screens.ts'
import { LoginFlow } from './login-flow.tsx'
import { keepCode, type OfferedCode, offerCode, readLink } from './registration/offered-code.ts'
import { ErrorScreen } from './screens/error.tsx'

/** `request_…`: this browser knows the request, and it waits for nothing any more. */
type Ending = 'asking' | 'elsewhere' | 'bad_link' | 'request_finished' | 'request_expired'

/**
 * Where the link of a mail leads. In the browser that waits, the step is drawn with the code filled in, and in the tab that waits it is
 * filled in too. Anywhere else the code is shown, to be typed where somebody began: a press here could confirm what a stranger started.
 */
export function VerifyFlow({ page: { branding }, leave }: FlowProps<'verify'>) {
  const [offered] = useState(() => readLink(location.hash))
  const [pending, setPending] = useState<LoginAnswer | Ending>(offered ? 'asking' : 'bad_link')
  useEffect(() => {
    if (offered) void findPending(offered).then(setPending)
  }, [offered])

  if (typeof pending === 'object') return <LoginFlow first={pending} leave={leave} />
  return (
    <Hall branding={branding} entry="login">
      {pending === 'bad_link' && <BadLink place={branding.name} />}
      {pending === 'elsewhere' && <CodeToType code={offered?.code ?? ''} place={branding.name} />}
      {(pending === 'request_finished' || pending === 'request_expired') && (
        <ErrorScreen error={{ code: pending, requestId: null, at: null, startAgain: null }} place={branding.name} />
      )}
    </Hall>
  )
}

/** The step that waits for this code in this browser, ready to be drawn, or why there is none. Asking changes nothing. */
async function findPending(offered: OfferedCode): Promise<LoginAnswer | Ending> {
  try {
    const answer = await call('get /api/login/{request}', { params: { request: offered.request } })
    await loadScreen(answer.step.kind)
    await followLanguage(answer.language, 'login')
    keepCode(offered)
    offerCode(offered)
    wear(answer.branding)
    // the code leaves the address, and a reload draws the step that is then true
    history.replaceState(null, '', `/login/${offered.request}`)
    return answer
  } catch (error) {
    const { code } = asProblem(error)
    return code === 'request_finished' || code === 'request_expired' ? code : 'elsewhere'
  }
}

function CodeToType({ code, place }: { code: string; place: string }) {
  const { t } = useTexts()
  const heading = t('registration:verify.heading')
  useTitle(heading, place)
  return (
    <>
      <Head icon={<MailIcon />} heading={heading} lead={t('registration:verify.lead')} takesFocus />
      <div className="stack">
        <p className="shown-code">
          <span className="unseen">{t('registration:verify.code')}</span> <bdi dir="ltr">{code}</bdi>
        </p>
        <p className="hint">{t('registration:verify.ignore')}</p>
      </div>
    </>
  )
}

function BadLink({ place }: { place: string }) {
  const { t } = useTexts()
  const heading = t('registration:verify.bad_heading')
  useTitle(heading, place, true)
  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t('registration:verify.bad_text')} />
      <div className="stack">
        <ToAccount />
      </div>
    </>
  )
}
