import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { PasskeyIcon } from '../../ui/icons.tsx'

type Props = {
  /** Nothing else opens accounts here. */
  isOnly: boolean
  pending: boolean
  problem: ProblemAnswer | null
}

/** Sends the form of a registration without a password. The passkey itself is made once the address is proven. */
export function ByPasskey({ isOnly, pending, problem }: Props) {
  const { t } = useTexts()
  if (typeof PublicKeyCredential !== 'function') return isOnly ? <p>{t('passkeys:unsupported')}</p> : null
  return (
    <div className="stack tight">
      {isOnly && <FormProblem problem={problem} />}
      <button
        className={isOnly ? 'button primary' : 'button secondary'}
        type="submit"
        name="way"
        value="passkey"
        aria-busy={isOnly && pending}
        aria-describedby="by-passkey-hint"
      >
        <PasskeyIcon />
        <span>{t(isOnly ? 'registration:submit' : 'passkeys:register.button')}</span>
      </button>
      <p className="hint" id="by-passkey-hint">
        {t('passkeys:register.hint')}
      </p>
    </div>
  )
}
