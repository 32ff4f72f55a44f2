import type { LoginAnswer, LoginStepView } from '@vestibule/shared/login-step.ts'
import { FormProblem } from '../forms/submit.tsx'
import { useSubmit } from '../forms/use-submit.ts'
import { useTexts } from '../i18n.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Address } from '../ui/sentence.tsx'
import { isStepUp, type Send } from './actions.ts'

/** Pages on the way out: nobody changes their mind there. */
const isPassing = ({ kind }: LoginStepView) => kind === 'complete' || kind === 'redirect'

/** As soon as it is known, the account stands above the heading, with the way to another one. */
export function AccountChip({ answer, send }: { answer: LoginAnswer; send: Send }) {
  const { t } = useTexts()
  const { account, step } = answer
  const { problem, pending, onSubmit } = useSubmit(() => send('restart', { fresh: false }))
  if (!account || isPassing(step)) return null
  return (
    <form onSubmit={onSubmit} noValidate>
      <div className="chip">
        <Avatar name={account.displayName ?? account.loginName} of={account.loginName} />
        <Address>{account.loginName}</Address>
        {/* nobody else can prove it for them */}
        {!isStepUp(answer) && (
          <button className="button quiet slim" type="submit" aria-busy={pending}>
            {t('login:change')} <span className="unseen">{t('login:use_another_account')}</span>
          </button>
        )}
      </div>
      <FormProblem problem={problem} />
    </form>
  )
}
