import type { SentCode } from '@vestibule/shared/factors.ts'
import type { SentCodeView } from '@vestibule/shared/login-step.ts'
import type { CodePlace, Deps, Executor } from '../../deps.ts'
import { maskContact } from '../../domain/contact.ts'
import type { AuthRequestId, SessionId, UserId } from '../../domain/ids.ts'
import type { BrowserWishes } from '../../domain/language.ts'
import type { CodePurpose } from '../../domain/one-time-code.ts'
import { Problem } from '../../domain/problem.ts'
import { createCode, standingOf } from '../codes/one-time-codes.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { type Addressed, sendMessage } from '../messages/send-message.ts'

/** Who asks: the browser, which the mail names, its wishes for a language, and the client's address, for the limits. */
export type Asking = { userAgent: string; address: string; wishes: BrowserWishes }

/** What a code is for: the second proof of a login, or the set-up of one. */
type Use = 'check' | 'enroll'
type Place = { flow: AuthRequestId | SessionId; userId: UserId; use: Use }

const PURPOSES = {
  check: { email_code: 'check_email_code', sms_code: 'check_sms_code' },
  enroll: { email_code: 'enroll_email_code', sms_code: 'enroll_sms_code' },
} as const satisfies Record<Use, Record<SentCode, CodePurpose>>
const KINDS = { email_code: 'email', sms_code: 'phone' } as const

export const placeOfCode = ({ flow, userId, use }: Place, method: SentCode): CodePlace => ({
  flow,
  userId,
  purpose: PURPOSES[use][method],
})

/** Where the mail leads; what stands behind the # reaches no server. */
const VERIFY_PATH = '/verify#'
const MINUTE = 60_000

/** The verified address or number of somebody. */
async function addressOf({ repositories }: Deps, userId: UserId, method: SentCode, tx?: Executor) {
  const held = await repositories.users.listIdentifiers(userId, tx)
  return held.find(({ kind, verifiedAt }) => kind === KINDS[method] && verifiedAt !== null)?.value ?? null
}

/** What the page says of the codes that may be sent. */
export async function sentCodeViews(
  deps: Deps,
  place: Place,
  methods: readonly SentCode[],
  tx?: Executor,
): Promise<SentCodeView[]> {
  const inSeconds = (time: number) => Math.ceil(time / 1000)
  const views = methods.map(async (method): Promise<SentCodeView | null> => {
    const to = await addressOf(deps, place.userId, method, tx)
    if (to === null) return null
    const code = placeOfCode(place, method)
    const isSent = (await deps.repositories.oneTimeCodes.findOutstanding(code, tx)) !== null
    const { endsIn, resendIn, triesLeft } = await standingOf(deps, code, tx)
    const masked = maskContact(KINDS[method], to)
    return { method, to: masked, isSent, endsIn: inSeconds(endsIn), resendIn: inSeconds(resendIn), triesLeft }
  })
  return (await Promise.all(views)).filter((view) => view !== null)
}

type Recipient = Pick<Addressed, 'language' | 'organizationId'> & { userId: UserId }

/**
 * A new code to the verified address or number of somebody; the one before counts no more.
 * @throws Problem not_found where there is none, too_many_attempts when the one before is younger than half a minute
 */
export async function sendSecondCode(
  deps: Deps,
  tx: Executor,
  place: Place,
  method: SentCode,
  recipient: Recipient,
  { userAgent, address }: Asking,
): Promise<void> {
  const to = await addressOf(deps, place.userId, method, tx)
  if (to === null) throw new Problem('not_found')
  const { code, codeExpiresAt } = await createCode(deps, tx, {
    ...placeOfCode(place, method),
    userId: place.userId,
    address: to,
  })
  const minutes = Math.round((codeExpiresAt - deps.clock.now()) / MINUTE)
  const shared = { to, address, ...recipient, kind: 'login_code' } as const
  if (method === 'sms_code') return sendMessage(deps, tx, { ...shared, channel: 'sms', values: { code, minutes } })
  const link = `${deps.settings.issuer}${VERIFY_PATH}${place.flow}.${code}`
  const asked = await describeBrowser(userAgent)
  return sendMessage(deps, tx, { ...shared, channel: 'email', values: { code, link, minutes, asked } })
}
