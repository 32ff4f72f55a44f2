import { useTexts } from '../../i18n.ts'
import { useAccount } from '../account-context.tsx'
import { Room } from '../room.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { ExportData } from './export-data.tsx'

/** What the account holds, to take along or to delete. */
export function DataPage() {
  const { t } = useTexts()
  const { me } = useAccount()
  return (
    <Room title={t('data:room.title')} lead={t('data:room.lead')}>
      <ExportData />
      <DeleteAccount me={me} />
    </Room>
  )
}
