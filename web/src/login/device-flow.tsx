import type { deviceRoutes } from '@vestibule/shared/contract/device.ts'
import type { DeviceView } from '@vestibule/shared/page.ts'
import { useRef } from 'react'
import { createCall } from '../call.ts'
import { Field } from '../forms/field.tsx'
import { useProblemText } from '../forms/problem-text.ts'
import { Submit } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import type { Leave } from '../leave.ts'
import { asProblem, missing } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { Head } from '../ui/head.tsx'
import { LinkIcon, TickIcon } from '../ui/icons.tsx'
import { useStepFocus } from '../ui/use-step-focus.ts'
import { useTitle } from '../ui/use-title.ts'
import type { FlowProps } from './lazy-flows.ts'

const call = createCall<typeof deviceRoutes>()

/** Where the code of a device is typed, and what became of it. A code that stands in the address is filled in, and sent by a press. */
export function DeviceFlow({ page: { branding, device }, leave }: FlowProps<'device'>) {
  const { outcome, userCode } = device
  const card = useRef<HTMLElement>(null)
  const status = useRef<HTMLParagraphElement>(null)
  useStepFocus(card, status, 'device', device)
  return (
    <Hall branding={branding} entry="login" card={card}>
      {outcome === null ? (
        <EnterCode code={userCode} place={branding.name} leave={leave} />
      ) : (
        <Outcome outcome={outcome} place={branding.name} />
      )}
      <p className="unseen" role="status" ref={status} />
    </Hall>
  )
}

function EnterCode({ code, place, leave }: { code: string | null; place: string; leave: Leave }) {
  const { t } = useTexts()
  const text = useProblemText()
  const { problem, pending, onSubmit } = useSubmit(async (form) => {
    const typed = String(form.get('code')).trim()
    if (typed === '') return missing('code')
    try {
      const { redirect } = await call('post /api/device', { body: { code: typed } })
      leave({ to: redirect })
      return null
    } catch (error) {
      return asProblem(error)
    }
  })
  const isWrong = problem?.code === 'code_invalid'
  const heading = t('device:enter.heading')
  useTitle(heading, place, problem !== null)
  const error = isWrong ? t('device:enter.wrong') : text.field(problem, 'code')

  return (
    <>
      <Head icon={<LinkIcon />} heading={heading} lead={t('device:enter.lead')} />
      <form className="stack" onSubmit={onSubmit} noValidate>
        <Field
          className="code"
          name="code"
          label={t('device:enter.label')}
          hint={t('device:enter.hint')}
          type="text"
          autoCapitalize="characters"
          autoComplete="off"
          defaultValue={code ?? ''}
          maxLength={100}
          error={error}
          required
        />
        <Submit pending={pending} problem={error === null ? problem : null}>
          {t('device:enter.submit')}
        </Submit>
      </form>
    </>
  )
}

function Outcome({ outcome, place }: { outcome: NonNullable<DeviceView['outcome']>; place: string }) {
  const { t } = useTexts()
  const heading = t(`device:${outcome}.heading`)
  useTitle(heading, place)
  if (outcome === 'approved')
    return (
      <>
        <Head icon={<TickIcon />} tone="good" heading={heading} lead={t('device:approved.lead')} />
        <p className="hint">{t('device:approved.sessions')}</p>
      </>
    )
  return (
    <>
      <Head icon={<LinkIcon />} heading={heading} lead={t('device:refused.lead')} />
      <div className="stack">
        <a className="button secondary" href="/device">
          {t('device:refused.again')}
        </a>
      </div>
    </>
  )
}
