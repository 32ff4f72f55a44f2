import type { Deps, Executor } from '../../deps.ts'
import type { Message, MessageKind } from '../../domain/messages.ts'
import { countryOf } from '../../domain/recipient.ts'
import { countAttempt, type Limit } from '../limits.ts'

const HOUR = 3600
const DAY = 86_400

/** What anybody can have sent to somebody, by typing an address. The others are notices, and no flood of these may keep them back. */
const ASKED_FOR: ReadonlySet<MessageKind> = new Set<MessageKind>([
  'verify_email',
  'address_taken',
  'reset_password',
  'email_change_code',
  'verify_phone',
])

const perKind = (kind: MessageKind): Limit[] => [
  { purpose: `message/${kind}/hour`, most: 5, window: HOUR },
  { purpose: `message/${kind}/day`, most: 20, window: DAY },
]
const ASKED: readonly Limit[] = [
  { purpose: 'message/asked/hour', most: 10, window: HOUR },
  { purpose: 'message/asked/day', most: 30, window: DAY },
]
/** Text messages cost money, and there are people who are paid for them. */
const SMS_NUMBER: Limit = { purpose: 'sms/number/day', most: 10, window: DAY }
const SMS_ADDRESS: Limit = { purpose: 'sms/address/day', most: 20, window: DAY }
const SMS_COUNTRY: Limit = { purpose: 'sms/country/day', most: 200, window: DAY }
const SMS_ALL: Limit = { purpose: 'sms/all/day', most: 1_000, window: DAY }

type Addressed = Message & { to: string; address?: string | null }

/**
 * Whether this message may still be sent today. Counted per recipient, and for text messages per country, per client address and in all;
 * the narrow limits come first, so that one stubborn recipient uses up nothing that belongs to others.
 */
export async function isWithinCaps(deps: Deps, tx: Executor, message: Addressed): Promise<boolean> {
  for (const [limit, value] of capsOf(message)) if (!(await countAttempt(deps, tx, limit, value)).isWithin) return false
  return true
}

function* capsOf({ channel, kind, to, address }: Addressed): Generator<[Limit, string]> {
  const recipient = `${channel}:${to.toLowerCase()}`
  for (const limit of perKind(kind)) yield [limit, recipient]
  if (ASKED_FOR.has(kind)) for (const limit of ASKED) yield [limit, recipient]
  if (channel === 'email') return
  yield [SMS_NUMBER, recipient]
  if (address) yield [SMS_ADDRESS, address]
  yield [SMS_COUNTRY, countryOf(to)]
  yield [SMS_ALL, 'all']
}
