import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../../i18n.ts'
import { profileQuery } from '../api.ts'
import { ContactsSection } from '../contacts/contacts-section.tsx'
import { PictureSection } from '../picture/picture-section.tsx'
import { Room } from '../room.tsx'
import { PageSettings } from './page-settings.tsx'
import { ProfileForm } from './profile-form.tsx'

/** What one says about oneself. */
export function ProfilePage() {
  const { t } = useTexts()
  const { data: profile } = useQuery(profileQuery)
  return (
    <Room title={t('profile:title')} lead={t('profile:lead')}>
      <PictureSection />
      <ContactsSection />
      {profile && <ProfileForm profile={profile} />}
      <PageSettings />
    </Room>
  )
}
