import type { DESCRIBED_SCOPES } from '@vestibule/shared/login-step.ts'
import { useTexts } from '../../i18n.ts'
import {
  BoxIcon,
  ClockIcon,
  DoorIcon,
  HomeIcon,
  LinkIcon,
  LockIcon,
  MailIcon,
  PersonIcon,
  PhoneIcon,
  TickCircleIcon,
} from '../../ui/icons.tsx'
import { Sentence } from '../../ui/sentence.tsx'

type DescribedScope = (typeof DESCRIBED_SCOPES)[number]

const ICONS: Record<DescribedScope, () => React.ReactNode> = {
  openid: TickCircleIcon,
  profile: PersonIcon,
  email: MailIcon,
  phone: PhoneIcon,
  address: HomeIcon,
  organization: DoorIcon,
  roles: LockIcon,
  metadata: BoxIcon,
  services: LinkIcon,
  offline_access: ClockIcon,
}
const isDescribed = (scope: string): scope is DescribedScope => Object.hasOwn(ICONS, scope)

/** What somebody is asked to allow. */
export function Scopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <ul className="scopes">
      {scopes.map((scope) => (
        <Scope key={scope} scope={scope} />
      ))}
    </ul>
  )
}

/** What a scope opens, in words. One without words of ours is shown by its name. */
function Scope({ scope }: { scope: string }) {
  const { t } = useTexts()
  const Icon = isDescribed(scope) ? ICONS[scope] : LinkIcon
  return (
    <li>
      <Icon />
      {isDescribed(scope) ? (
        <strong>{t(`login:consent.scopes.${scope}`)}</strong>
      ) : (
        <strong>
          <Sentence of="login:consent.other_scope" parts={{ scope: <bdi dir="ltr">{scope}</bdi> }} />
        </strong>
      )}
      <small>{isDescribed(scope) ? t(`login:consent.details.${scope}`) : t('login:consent.other_scope_detail')}</small>
    </li>
  )
}
