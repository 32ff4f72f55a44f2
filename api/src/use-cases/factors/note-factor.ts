import type { SecondFactor } from '@vestibule/shared/factors.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { OrganizationId, UserId } from '../../domain/ids.ts'
import type { MessageFactor } from '../../domain/messages.ts'
import { tellOfFactor } from '../passkeys/tell-of-factor.ts'
import { recordEvent } from '../record-event.ts'

/** What messages call them. */
const NAMES: Record<SecondFactor, MessageFactor> = {
  totp: 'totp',
  security_key: 'security_key',
  email_code: 'email',
  sms_code: 'sms',
  recovery_code: 'recovery_codes',
}

/** A second factor came or went: it is written down, and its owner is told by mail. */
export async function noteFactor(
  deps: Deps,
  tx: Executor,
  { id, organizationId }: { id: UserId; organizationId: OrganizationId },
  { happened, factor }: { happened: 'added' | 'removed'; factor: SecondFactor },
): Promise<void> {
  const data = { factor }
  await recordEvent(deps, tx, { type: `user.factor_${happened}`, organizationId, actor: id, target: id, data })
  await tellOfFactor(deps, tx, { id }, { happened, factor: NAMES[factor] })
}
