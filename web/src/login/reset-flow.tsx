import type { resetRoutes } from '@vestibule/shared/contract/password-reset.ts'
import type { Output } from '@vestibule/shared/contract/route.ts'
import { useEffect, useRef, useState } from 'react'
import { wear } from '../branding.ts'
import { createCall } from '../call.ts'
import { FormProblem, Submit } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import { asProblem, type ProblemAnswer } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { Head } from '../ui/head.tsx'
import { TickIcon, WarningIcon } from '../ui/icons.tsx'
import { Address, Sentence } from '../ui/sentence.tsx'
import { ToAccount } from '../ui/to-account.tsx'
import { useStepFocus } from '../ui/use-step-focus.ts'
import { useTitle } from '../ui/use-title.ts'
import type { FlowProps } from './lazy-flows.ts'
import { NewPasswordForm } from './reset/new-password-form.tsx'
import { tellOtherTabs } from './reset/other-tabs.ts'

type Look = Output<typeof resetRoutes.lookAtReset>
type State =
  | { kind: 'looking' | 'bad_link' }
  | { kind: 'failed'; problem: ProblemAnswer }
  | { kind: 'here'; look: Look; request: string }
  | { kind: 'choosing'; look: Look }
  | { kind: 'done'; loginName: string }

const call = createCall<typeof resetRoutes>()

/**
 * Where the link of a message leads. In the browser that waits a press opens the next step, in the tab that waits as well; anywhere else the
 * new password is set here. Nothing happens before a press.
 */
export function ResetFlow({ page, leave }: FlowProps<'reset'>) {
  const [token] = useState(() => decodeURIComponent(location.hash.slice(1)))
  const [state, setState] = useState<State>({ kind: token ? 'looking' : 'bad_link' })
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, state.kind, state)
  useEffect(() => {
    // a fragment reaches no server, and it leaves the address at once: it stays neither in the history nor on a shared screen
    if (location.hash) history.replaceState(history.state, '', location.pathname)
    if (token) void look(token).then(setState)
  }, [token])

  const branding = 'look' in state ? state.look.branding : page.branding
  const place = branding.name
  const refused = (error: unknown) => {
    const problem = asProblem(error)
    if (problem.code !== 'code_invalid') return problem
    setState({ kind: 'bad_link' })
    return null
  }
  const goOn = async (request: string) => {
    try {
      await call('post /api/login/{request}/reset-link', { params: { request }, body: { token } })
      tellOtherTabs(request)
      leave({ to: `/login/${request}` })
      return null
    } catch (error) {
      return refused(error)
    }
  }
  const choose = async (chosen: { newPassword: string; endOtherSessions: boolean }) => {
    try {
      setState({ kind: 'done', ...(await call('post /api/password-reset', { body: { token, ...chosen } })) })
      return null
    } catch (error) {
      return refused(error)
    }
  }

  return (
    <Hall branding={branding} entry="login" card={card}>
      {(state.kind === 'looking' || state.kind === 'failed') && (
        <Looking place={place} problem={state.kind === 'failed' ? state.problem : null} />
      )}
      {state.kind === 'here' && <Here place={place} onPress={() => goOn(state.request)} />}
      {state.kind === 'choosing' && <Choosing look={state.look} place={place} onChosen={choose} />}
      {state.kind === 'done' && <Done loginName={state.loginName} place={place} />}
      {state.kind === 'bad_link' && <BadLink place={place} />}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

async function look(token: string): Promise<State> {
  try {
    const found = await call('post /api/password-reset/look', { body: { token } })
    wear(found.branding)
    return found.request ? { kind: 'here', look: found, request: found.request } : { kind: 'choosing', look: found }
  } catch (error) {
    const problem = asProblem(error)
    return problem.code === 'code_invalid' ? { kind: 'bad_link' } : { kind: 'failed', problem }
  }
}

/** While the link is looked at; or what kept it from being looked at. */
function Looking({ place, problem }: { place: string; problem: ProblemAnswer | null }) {
  const { t } = useTexts()
  const heading = t('password:link.heading')
  useTitle(heading, place, problem !== null)
  return (
    <>
      <Head heading={heading} />
      {problem && (
        <div className="stack">
          <FormProblem problem={problem} />
          <ToAccount />
        </div>
      )}
    </>
  )
}

function Here({ place, onPress }: { place: string; onPress: () => Promise<ProblemAnswer | null> }) {
  const { t } = useTexts()
  const { problem, pending, onSubmit } = useSubmit(onPress)
  const heading = t('password:link.heading')
  useTitle(heading, place, problem !== null)
  return (
    <>
      <Head heading={heading} lead={t('password:link.here_text')} />
      <form className="stack" onSubmit={onSubmit} noValidate>
        <Submit pending={pending} problem={problem}>
          {t('password:link.go_on')}
        </Submit>
      </form>
    </>
  )
}

type ChoosingProps = Pick<Parameters<typeof NewPasswordForm>[0], 'place' | 'onChosen'> & { look: Look }

function Choosing({ look: { loginName, rules }, place, onChosen }: ChoosingProps) {
  const { t } = useTexts()
  const heading = t('password:choose.heading')
  return (
    <>
      <Head heading={heading} lead={t('common:new_password.hint')} />
      <NewPasswordForm loginName={loginName} rules={rules} heading={heading} place={place} onChosen={onChosen} />
    </>
  )
}

function Done({ loginName, place }: { loginName: string; place: string }) {
  const { t } = useTexts()
  const heading = t('password:link.done_heading')
  useTitle(heading, place)
  const lead = <Sentence of="password:link.done_text" parts={{ loginName: <Address>{loginName}</Address> }} />
  return (
    <>
      <Head icon={<TickIcon />} tone="good" heading={heading} lead={lead} />
      <div className="stack">
        <a className="button secondary" href="/account">
          {t('password:link.sign_in')}
        </a>
      </div>
    </>
  )
}

function BadLink({ place }: { place: string }) {
  const { t } = useTexts()
  const heading = t('password:link.bad_heading')
  useTitle(heading, place, true)
  return (
    <>
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={t('password:link.bad_text')} />
      <div className="stack">
        <a className="button secondary" href="/account">
          {t('password:link.sign_in')}
        </a>
      </div>
    </>
  )
}
