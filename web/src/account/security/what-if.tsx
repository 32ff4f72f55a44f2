import type { OwnFactors } from '@vestibule/shared/contract/own-factors.ts'
import { useTexts } from '../../i18n.ts'
import { AlertIcon, PlusIcon, TickCircleIcon } from '../../ui/icons.tsx'

/** What would be left if a thing were lost, as the rules of the sign-in say, and the one step that would help. */
export function WhatIf({ loss, gone, ways, help }: OwnFactors['whatIf'][number]) {
  const { t } = useTexts()
  const isIn = ways.length > 0
  return (
    <section className="section">
      <header>
        <div>
          <h2>{t(`security:loss.${loss}`)}</h2>
          <p>{t(isIn ? 'security:loss.in' : 'security:loss.out')}</p>
        </div>
      </header>
      <div className="body what-if">
        <div>
          <h3>{t('security:loss.gone')}</h3>
          <ul>
            {gone.map((method) => (
              <li key={method}>
                <AlertIcon />
                <span>{t(`factors:names.${method}`)}</span>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3>{t(isIn ? 'security:loss.still' : 'security:loss.helps')}</h3>
          <ul>
            {ways.map(({ first, second }) => (
              <li key={first + second}>
                <TickCircleIcon />
                <span>
                  {second
                    ? t('security:loss.way', {
                        first: t(`factors:names.${first}`),
                        second: t(`factors:names.${second}`),
                      })
                    : t(`factors:names.${first}`)}
                </span>
              </li>
            ))}
            {!isIn && (
              <li>
                <PlusIcon />
                <span>{t(help ? `security:loss.help.${help}` : 'security:loss.nothing')}</span>
              </li>
            )}
          </ul>
        </div>
      </div>
    </section>
  )
}
