import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { useProblemText } from '../forms/problem-text.ts'
import { useTexts } from '../i18n.ts'
import { ProblemAnswer } from '../problem-answer.ts'
import { Hall } from '../ui/hall.tsx'
import { Head } from '../ui/head.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { useTitle } from '../ui/use-title.ts'

/** A room that could not be opened, or does not exist. */
export function FailedPage({ branding }: { branding: BrandingView }) {
  const { t } = useTexts()
  const text = useProblemText()
  const error = useRouteError()
  const isMissing = isRouteErrorResponse(error) && error.status === 404
  const problem =
    error instanceof ProblemAnswer ? error : new ProblemAnswer({ code: isMissing ? 'not_found' : 'internal' })
  const heading = isMissing ? t('account:failed.not_found_heading') : t('account:failed.heading')
  useTitle(heading, branding.name, true)
  return (
    <Hall branding={branding} entry="app">
      <Head icon={<WarningIcon />} tone="bad" heading={heading} lead={text.whole(problem)} />
      <div className="stack">
        <a className="button primary" href={accountPath('overview')}>
          {isMissing ? t('common:your_account') : t('common:try_again')}
        </a>
      </div>
    </Hall>
  )
}
