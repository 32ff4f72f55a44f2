import { useEffect, useState } from 'react'
import { useTexts } from '../i18n.ts'
import { Head } from '../ui/head.tsx'
import { TickIcon } from '../ui/icons.tsx'
import { Name, Sentence } from '../ui/sentence.tsx'

/** Milliseconds that a code is good for. */
const GOOD_FOR = 60_000

/** "You're signed in": what stays when a program of this device has the answer. */
export function SignedInHead({ application }: { application: string | null }) {
  const { t } = useTexts()
  const lead = application ? (
    <Sentence of="login:signed_in.text" parts={{ application: <Name>{application}</Name> }} />
  ) : (
    t('login:signed_in.text_app')
  )
  return <Head icon={<TickIcon />} tone="good" heading={t('login:signed_in.heading')} lead={lead} />
}

/**
 * Opens the program by a press, where the browser did not do it by itself. Gone as soon as the page was out of sight, because the program has
 * the code then and a second one who brings it ends what the first one got; and with the code.
 */
export function OpenProgram({ application, onPress }: { application: string | null; onPress: () => void }) {
  const { t } = useTexts()
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const end = () => {
      document.querySelector('h1')?.focus()
      setIsOver(true)
    }
    const onVisibility = () => document.visibilityState === 'hidden' && end()
    const timer = setTimeout(end, GOOD_FOR)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [])
  if (isOver) return null
  return (
    <div className="stack">
      <button className="button primary" type="button" onClick={onPress}>
        <span>
          {application ? (
            <Sentence of="login:signed_in.open" parts={{ application: <Name>{application}</Name> }} />
          ) : (
            t('common:continue')
          )}
        </span>
      </button>
    </div>
  )
}

/** A page that stays has another address from then on: opened again, it hands nothing over. */
export function useAddressOfItsOwn(stays: boolean) {
  useEffect(() => {
    if (stays) history.replaceState(null, '', '/signed-in')
  }, [stays])
}
