import type { SignOutView } from '@vestibule/shared/page.ts'
import { Submit } from '../../forms/submit.tsx'
import { useSubmit } from '../../forms/use-submit.ts'
import { useTexts } from '../../i18n.ts'
import type { ProblemAnswer } from '../../problem-answer.ts'
import { Head } from '../../ui/head.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { SignOutChoice } from '../sign-out-choice.tsx'

type Props = { signOut: SignOutView; place: string; onSubmit: (session: string) => Promise<ProblemAnswer | null> }

/** Asks whom to sign out: one account of this browser, or all. With nobody to sign out, the way on is all there is. */
export function SignOutScreen({ signOut, place, onSubmit }: Props) {
  const { t } = useTexts()
  const { accounts, preselected, application, notice } = signOut
  const { problem, pending, onSubmit: submit } = useSubmit((form) => onSubmit(String(form.get('session'))))
  const isNobody = accounts.length === 0
  const heading = isNobody ? t('login:sign_out.heading_nobody') : t('login:sign_out.heading')
  useTitle(heading, application ?? place, problem !== null)
  const lead = application ? (
    <Sentence of="login:sign_out.lead" parts={{ application: <Name>{application}</Name> }} />
  ) : (
    t('login:sign_out.lead_alone')
  )

  return (
    <>
      <Head heading={heading} lead={isNobody ? t('login:sign_out.nobody') : lead} />
      <form className="stack" onSubmit={submit} noValidate>
        {notice && <Notice kind="warning">{t(`login:sign_out.notices.${notice}`)}</Notice>}
        <SignOutChoice accounts={accounts} chosen={preselected} />
        <Submit pending={pending} problem={problem}>
          {isNobody ? t('common:continue') : t('common:sign_out')}
        </Submit>
        <a className="button quiet" href="/account">
          {isNobody ? t('common:your_account') : t('login:sign_out.stay')}
        </a>
      </form>
    </>
  )
}
