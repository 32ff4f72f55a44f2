import { useEffect } from 'react'
import { useTexts } from '../i18n.ts'
import { Hall } from '../ui/hall.tsx'
import { useTitle } from '../ui/use-title.ts'
import type { FlowProps } from './lazy-flows.ts'
import { OpenProgram, SignedInHead, useAddressOfItsOwn } from './signed-in.tsx'

/** Somebody who was signed in already asked for a program of this device: hands the answer over, and stays. */
export function SignedInFlow({ page: { branding, signedIn }, leave }: FlowProps<'signed_in'>) {
  const { t } = useTexts()
  const { application, redirect } = signedIn
  useAddressOfItsOwn(true)
  useTitle(t('login:signed_in.heading'), application ?? branding.name)
  useEffect(() => {
    if (redirect) leave(redirect)
  }, [leave, redirect])
  return (
    <Hall branding={branding} entry="login">
      <SignedInHead application={application} />
      {redirect && <OpenProgram application={application} onPress={() => leave(redirect)} />}
    </Hall>
  )
}
