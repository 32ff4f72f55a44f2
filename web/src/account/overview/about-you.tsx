import type { Me } from '@vestibule/shared/contract/me.ts'
import { useTexts } from '../../i18n.ts'
import { Address, Name } from '../../ui/sentence.tsx'

/** What the account says about its owner. */
export function AboutYou({ me }: { me: Me }) {
  const { t } = useTexts()
  return (
    <section className="section">
      <header>
        <h2>{t('account:about.heading')}</h2>
      </header>
      <div className="body">
        <dl className="facts">
          <dt>{t('account:about.name')}</dt>
          <dd>
            <Name>{me.displayName}</Name>
          </dd>
          <dt>{t('account:about.login_name')}</dt>
          <dd>
            <Address>{me.loginName}</Address>
          </dd>
          {me.email && (
            <>
              <dt>{t('account:about.email')}</dt>
              <dd>
                <Address>{me.email}</Address>
              </dd>
            </>
          )}
          <dt>{t('account:about.organization')}</dt>
          <dd>
            <Name>{me.organization}</Name>
          </dd>
        </dl>
      </div>
    </section>
  )
}
