import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../i18n.ts'
import { ownPasswordQuery } from '../api.ts'
import { Room } from '../room.tsx'
import { PasswordForm } from './password-form.tsx'

/** The password one signs in with. */
export function PasswordPage() {
  const { t } = useTexts()
  const { data: password } = useQuery(ownPasswordQuery)
  return (
    <Room title={t('password:own.title')} lead={t('password:own.lead')}>
      {password &&
        (password.changedAt === null ? <p>{t('password:own.none')}</p> : <PasswordForm password={password} />)}
    </Room>
  )
}
