import type { Entry } from '@vestibule/locales'
import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useTexts } from '../i18n.ts'
import { HttpsLink } from './https-link.tsx'
import { LanguageSelect } from './language-select.tsx'

/** Language, help and the legal pages: at the same place on every page. */
export function Foot({ entry, branding: { links, languages } }: { entry: Entry; branding: BrandingView }) {
  const { t } = useTexts()
  const configured = (['help', 'privacy', 'terms'] as const).filter((name) => links[name])
  return (
    <footer className="foot">
      {languages.length > 1 && <LanguageSelect entry={entry} languages={languages} />}
      {configured.length > 0 && (
        <ul>
          {configured.map((name) => (
            <li key={name}>
              <HttpsLink to={links[name]}>{t(`common:${name}`)}</HttpsLink>
            </li>
          ))}
        </ul>
      )}
    </footer>
  )
}
