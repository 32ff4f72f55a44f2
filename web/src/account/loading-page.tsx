import type { BrandingView } from '@vestibule/shared/branding.ts'
import { useTexts } from '../i18n.ts'
import { Portal } from './portal.tsx'

/** While the first answers are on their way. */
export function LoadingPage({ branding }: { branding: BrandingView }) {
  const { t } = useTexts()
  return (
    <Portal branding={branding}>
      <p className="head soft" role="status">
        {t('account:loading')}
      </p>
    </Portal>
  )
}
