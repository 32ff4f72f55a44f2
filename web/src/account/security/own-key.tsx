import { useState } from 'react'
import { KeyPrompt } from '../../factors/key-prompt.tsx'
import { NoKey } from '../../factors/no-key.tsx'
import { useTexts } from '../../i18n.ts'
import { asProblem } from '../../problem-answer.ts'
import { createPasskey, type NoPasskey } from '../../webauthn.ts'
import { useDoing } from '../account-context.tsx'
import { call } from '../api.ts'
import type { SendFactors } from './security-page.tsx'

/** A security key: the browser asks for it, and it is set up by being touched. */
export function OwnKey({ confirm }: { confirm: SendFactors }) {
  const { t } = useTexts()
  const run = useDoing('security')
  const [nothing, setNothing] = useState<NoPasskey | null>(null)
  const prompt = async () => {
    setNothing(null)
    try {
      const { options } = await run(call('post /api/me/security-keys/options', { body: {} }))
      const credential = await createPasskey(options)
      if (typeof credential === 'string') return credential
      return await confirm(call('post /api/me/security-keys', { body: { credential } }))
    } catch (error) {
      return asProblem(error)
    }
  }
  return (
    <>
      <p className="soft">{t('keys:setup.lead')}</p>
      <NoKey why={nothing && t(nothing === 'known' ? 'keys:setup.known' : 'keys:own.given_up')} />
      <KeyPrompt submit={t('keys:setup.submit')} prompt={prompt} onNothing={setNothing} />
    </>
  )
}
