import type { ActivityType } from '@vestibule/shared/activity.ts'
import type { Activity } from '@vestibule/shared/contract/activity.ts'
import { useTexts } from '../../i18n.ts'
import { ClockIcon, WarningIcon } from '../../ui/icons.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { useSessionWords } from '../sessions/session-words.ts'

/** What nobody does with their own account every day. */
const STRIKING: ReadonlySet<ActivityType> = new Set<ActivityType>([
  'password_refused',
  'second_factor_refused',
  'factor_added',
  'passkey_link_created',
  'passkey_link_followed',
  'device_trusted',
  'locked_for_failures',
  'grant_reused',
  'intrusion_reported',
  'deletion_planned',
])

/** One thing that happened: what, when, and in which browser or by whom, where that is known. */
export function ActivityRow({ entry }: { entry: Activity }) {
  const { t } = useTexts()
  const words = useSessionWords()
  const { type, at, by, browser, system, application } = entry
  const isStriking = STRIKING.has(type)
  return (
    <li className="row wrap" tabIndex={-1}>
      <span className={isStriking ? 'glyph bad' : 'glyph'} aria-hidden="true">
        {isStriking ? <WarningIcon /> : <ClockIcon />}
      </span>
      <span className="grow">
        <strong>
          <Sentence
            of={`data:activity.types.${type}`}
            parts={{ application: <Name>{application ?? t('data:activity.an_application')}</Name> }}
          />
        </strong>
        <small>
          <time dateTime={at}>{words.when(at)}</time>
        </small>
        {(browser || system) && <small>{words.device({ browser, system })}</small>}
        {by === 'manager' && <small>{t('data:activity.by_manager')}</small>}
      </span>
    </li>
  )
}
