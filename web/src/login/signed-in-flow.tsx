import { useTexts } from '../i18n.ts'
import { Hall } from '../ui/hall.tsx'
import { useTitle } from '../ui/use-title.ts'
import type { FlowProps } from './lazy-flows.ts'
import { SignedInHead } from './signed-in.tsx'

/** What is left of a login whose answer a program of this device got: opened again, there is nothing to hand over. */
export function SignedInFlow({ page: { branding } }: FlowProps<'signed_in'>) {
  const { t } = useTexts()
  useTitle(t('login:signed_in.heading'), branding.name)
  return (
    <Hall branding={branding} entry="login">
      <SignedInHead application={null} />
    </Hall>
  )
}
