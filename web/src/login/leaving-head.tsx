import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../i18n.ts'
import { Head } from '../ui/head.tsx'
import { DoorIcon } from '../ui/icons.tsx'
import { Name, Sentence } from '../ui/sentence.tsx'

/** "Taking you back to Ledger". */
export function LeavingHead({ answer: { application }, lead }: { answer: LoginAnswer; lead: string }) {
  const { t } = useTexts()
  const heading = application ? (
    <Sentence of="login:leaving.heading_to" parts={{ application: <Name>{application.name}</Name> }} />
  ) : (
    t('login:leaving.heading')
  )
  return <Head icon={<DoorIcon />} tone="good" heading={heading} lead={lead} />
}
