import type { Deps, Executor } from '../../deps.ts'
import type { ContactKind } from '../../domain/contact.ts'
import { type BrowserWishes, negotiateLanguage } from '../../domain/language.ts'
import type { FreshCode } from '../codes/one-time-codes.ts'
import { faceOf } from '../face.ts'
import type { AccountActor } from '../me/current-account.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { sendMessage } from '../messages/send-message.ts'

/** Who asks: the browser, which the mail names, its wishes for a language, and the client's address, for the limits. */
export type Asking = { userAgent: string; address: string; wishes: BrowserWishes }

/** Where somebody with an account signs in. */
const SIGN_IN_PATH = '/account'
const MINUTE = 60_000

type Fresh = FreshCode & { kind: ContactKind; value: string }

/**
 * The code on its way to the new address or number. An address that somebody else has gets a mail that says so, to its owner and in their
 * language; a number that somebody else has gets nothing, for a text message would only puzzle them.
 */
export async function sendContactCode(
  deps: Deps,
  tx: Executor,
  { login, account }: AccountActor,
  { kind, value: to, code, codeExpiresAt }: Fresh,
  { userAgent, address, wishes }: Asking,
): Promise<void> {
  const { clock, repositories, settings } = deps
  const { userId, organizationId } = login
  const owner = await repositories.users.findOwner({ kind, value: to }, organizationId, tx)
  const isTaken = owner !== null && owner.id !== userId
  const { languages } = await faceOf(deps, organizationId, tx)
  // whoever owns a taken address does not sit before this browser
  const language = isTaken
    ? negotiateLanguage({ chosen: null, accepted: [], own: owner.locale ?? null }, languages)
    : negotiateLanguage({ ...wishes, own: account.locale }, languages)
  const asked = await describeBrowser(userAgent)
  const minutes = Math.round((codeExpiresAt - clock.now()) / MINUTE)
  const shared = { to, organizationId, language, userId: isTaken ? owner.id : userId, address } as const
  if (kind === 'phone') {
    if (isTaken) return
    return sendMessage(deps, tx, { ...shared, channel: 'sms', kind: 'verify_phone', values: { code, minutes } })
  }
  if (isTaken) {
    const values = { link: settings.issuer + SIGN_IN_PATH, asked }
    return sendMessage(deps, tx, { ...shared, channel: 'email', kind: 'address_taken', values })
  }
  const values = { code, minutes, asked }
  return sendMessage(deps, tx, { ...shared, channel: 'email', kind: 'email_change_code', values })
}
