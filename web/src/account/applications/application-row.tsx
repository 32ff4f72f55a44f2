import type { OwnApplication } from '@vestibule/shared/contract/applications.ts'
import { DESCRIBED_SCOPES } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../../i18n.ts'
import { HttpsLink, isHttps } from '../../ui/https-link.tsx'
import { Name, Sentence } from '../../ui/sentence.tsx'
import { Confirm } from '../confirm.tsx'

/** One application: whose it is, what it may use, since when; and the way to stop it. */
export function ApplicationRow({ application, onStop }: { application: OwnApplication; onStop: () => void }) {
  const { t, locale } = useTexts()
  const { name, organization, privacy, terms, open, scopes, since, lastUsedAt } = application
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const words = scopes.map((scope) => {
    const known = DESCRIBED_SCOPES.find((described) => described === scope)
    return known ? t(`profile:applications.scopes.${known}`) : scope
  })
  const what = new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)
  return (
    <li className="row wrap">
      <span className="glyph" aria-hidden="true">
        <strong>{[...name][0]?.toLocaleUpperCase()}</strong>
      </span>
      <span className="grow">
        <strong>
          <Name>{name}</Name>
        </strong>
        <small>
          <Sentence of="profile:applications.by" parts={{ organization: <Name>{organization}</Name> }} />
        </small>
        <small>{t('profile:applications.may', { what })}</small>
        <small>
          {t('profile:applications.since', { when: date.format(new Date(since)) })}
          {lastUsedAt && <> · {t('profile:applications.last_used', { when: date.format(new Date(lastUsedAt)) })}</>}
        </small>
        {(privacy ?? terms) && (
          <small className="links">
            <HttpsLink to={privacy}>{t('common:privacy')}</HttpsLink>{' '}
            <HttpsLink to={terms}>{t('common:terms')}</HttpsLink>
          </small>
        )}
      </span>
      <span className="tools">
        {open && isHttps(open) && (
          <a
            className="button quiet slim"
            href={open}
            target="_blank"
            rel="noreferrer"
            aria-label={`${t('profile:applications.open_named', { application: name })} ${t('common:new_tab')}`}
          >
            {t('profile:applications.open')}
          </a>
        )}
        <Confirm
          trigger={
            <button
              className="button quiet slim"
              type="button"
              aria-label={t('profile:applications.stop_named', { application: name })}
            />
          }
          label={t('profile:applications.stop')}
          title={t('profile:applications.ask.title', { application: name })}
          text={t('profile:applications.ask.text')}
          keep={t('profile:applications.ask.keep')}
          confirm={t('profile:applications.ask.stop')}
          onConfirm={onStop}
        />
      </span>
    </li>
  )
}
