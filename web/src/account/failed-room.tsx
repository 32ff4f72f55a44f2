import { accountPath } from '@vestibule/shared/account-pages.ts'
import { Link, useRouteError } from 'react-router'
import { useProblemText } from '../forms/problem-text.ts'
import { useTexts } from '../i18n.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { Room } from './room.tsx'

/** A room that could not be opened, with the others beside it. */
export function FailedRoom() {
  const { t } = useTexts()
  const error = useRouteError()
  const problem = error instanceof ProblemAnswer ? error : new ProblemAnswer({ code: 'internal' })
  return <NoRoom title={t('account:failed.heading')} problem={problem} />
}

/** There is no room at this address. */
export function MissingRoom() {
  const { t } = useTexts()
  return <NoRoom title={t('account:failed.not_found_heading')} problem={new ProblemAnswer({ code: 'not_found' })} />
}

function NoRoom({ title, problem }: { title: string; problem: ProblemAnswer }) {
  const { t } = useTexts()
  const text = useProblemText()
  return (
    <Room title={title} lead={text.whole(problem)} failed>
      <p>
        <Link className="button secondary" to={accountPath('overview')}>
          {t('common:your_account')}
        </Link>
      </p>
    </Room>
  )
}
