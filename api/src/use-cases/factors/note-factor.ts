import type { Factor } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { CredentialId, OrganizationId, UserId } from '../../domain/ids.ts'
import type { MessageFactor } from '../../domain/messages.ts'
import { notifyUser } from '../messages/notify-user.ts'
import { createNotMeLink } from '../not-me/not-me-link.ts'
import { recordEvent } from '../record-event.ts'

/** What somebody holds besides a password. */
type Held = Exclude<Factor, 'password'>

/** What messages call them. */
const NAMES: Record<Held, MessageFactor> = {
  passkey: 'passkey',
  totp: 'totp',
  security_key: 'security_key',
  email_code: 'email',
  sms_code: 'sms',
  recovery_code: 'recovery_codes',
}

type Change = {
  happened: 'added' | 'removed'
  factor: Held
  credential?: CredentialId
  /** Who did it; its owner when nobody is said. */
  by?: UserId | null
  /** How it came about, where it was not by asking for it in this very browser. */
  way?: 'upgrade' | 'link'
}

/** One way more, or one less, to show who somebody is: it is written down, and its owner is told by mail, with the way to say it was not them. */
export async function noteFactor(
  deps: Deps,
  tx: Executor,
  { id, organizationId }: { id: UserId; organizationId: OrganizationId },
  { happened, by = id, ...data }: Change,
): Promise<void> {
  await recordEvent(deps, tx, { type: `user.factor_${happened}`, organizationId, actor: by, target: id, data })
  const values = { factor: NAMES[data.factor], at: deps.clock.now(), notMeLink: await createNotMeLink(deps, tx, id) }
  await notifyUser(deps, tx, id, { channel: 'email', kind: `factor_${happened}`, values })
}
