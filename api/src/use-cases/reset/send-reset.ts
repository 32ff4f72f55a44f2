import { matchLanguage } from '@vestibule/shared/languages.ts'
import type { Deps, Executor } from '../../deps.ts'
import type { UserId } from '../../domain/ids.ts'
import type { BrowserWishes } from '../../domain/language.ts'
import type { UserFacts } from '../../domain/login/facts.ts'
import { showSignCode } from '../../domain/one-time-code.ts'
import { createCode } from '../codes/one-time-codes.ts'
import { faceOf } from '../face.ts'
import { languageOf } from '../login/language-of-login.ts'
import type { PendingLogin } from '../login/load-login.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { sendMessage, sendNothing } from '../messages/send-message.ts'
import { isActive, resetPlaceOf } from './place.ts'

/** Who asks: the browser, which the mail names, its wishes for a language, and the client's address, for the limits. */
export type Asking = { userAgent: string; address: string; wishes: BrowserWishes }

/** Where the mail leads; the token stands behind the #, so it reaches no server, log or referrer. */
const RESET_PATH = '/reset#'
const MINUTE = 60_000

/**
 * A new code, and the message with it. For a name nobody has, and for somebody who may not come in or has no confirmed address, the rows
 * are written all the same, and nothing is sent.
 * @throws Problem too_many_attempts when the code before is younger than half a minute
 */
export async function sendReset(deps: Deps, tx: Executor, login: PendingLogin, asking: Asking): Promise<void> {
  const { loginName, user } = login.subject!
  const recipient = await recipientOf(deps, tx, user)
  const { flow, purpose } = resetPlaceOf(login.request.id, null)
  const fresh = await createCode(deps, tx, {
    flow,
    purpose,
    userId: user?.id ?? null,
    address: recipient?.to ?? loginName,
  })
  const face = await faceOf(deps, user?.organizationId ?? login.organizationId, tx)
  const ofPage = languageOf(login, asking.wishes, face.languages)
  const asked = await describeBrowser(asking.userAgent)
  const organizationId = user?.organizationId ?? face.organizationId
  // there is no house yet, and nobody in it
  if (organizationId === null) return
  const send = recipient ? sendMessage : sendNothing
  const { to, locale, timeZone, channel } = recipient ?? nobodyOf(deps, loginName)
  const inMinutes = (end: number) => Math.round((end - deps.clock.now()) / MINUTE)
  const shared = {
    to,
    language: matchLanguage(locale ? [locale] : []) ?? ofPage,
    organizationId,
    userId: user?.id ?? null,
    address: asking.address,
    timeZone,
    kind: 'reset_password',
  } as const
  const code = showSignCode(fresh.code)
  const minutes = inMinutes(fresh.codeExpiresAt)
  if (channel === 'sms') return send(deps, tx, { ...shared, channel, values: { code, minutes } })
  const link = deps.settings.issuer + RESET_PATH + fresh.linkToken
  const values = { code, link, codeMinutes: minutes, linkMinutes: inMinutes(fresh.linkExpiresAt), asked }
  await send(deps, tx, { ...shared, channel, values })
}

/** An address that nobody has, one for each name: caps are counted for it, and nothing is sent there. */
const nobodyOf = ({ box }: Deps, loginName: string): Recipient => ({
  channel: 'email',
  to: `n${box.nameOf('reset_password/nobody', loginName)}@nobody.invalid`,
  locale: undefined,
  timeZone: null,
})

type Recipient = { channel: 'email' | 'sms'; to: string; locale: string | undefined; timeZone: string | null }

/** The confirmed address, or else the confirmed number. The reads are the same for a name nobody has. */
async function recipientOf({ repositories }: Deps, tx: Executor, user: UserFacts | null): Promise<Recipient | null> {
  const id = user?.id ?? ('' as UserId)
  const person = await repositories.users.findPerson(id, tx)
  const confirmed = (await repositories.users.listIdentifiers(id, tx)).filter(({ verifiedAt }) => verifiedAt !== null)
  if (!person || !isActive(user)) return null
  const { locale, zoneinfo: timeZone = null } = person.profile
  const email = confirmed.find(({ kind }) => kind === 'email')
  if (email) return { channel: 'email', to: email.value, locale, timeZone }
  const phone = confirmed.find(({ kind }) => kind === 'phone')
  return phone ? { channel: 'sms', to: phone.value, locale, timeZone } : null
}
