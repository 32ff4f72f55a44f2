import { isLanguage, type Language } from '@vestibule/shared/languages.ts'
import type { CodePlace, Deps, Executor } from '../../deps.ts'
import type { RegistrationForm } from '../../domain/ceremony.ts'
import type { AuthRequestId } from '../../domain/ids.ts'
import { createCode } from '../codes/one-time-codes.ts'
import { describeBrowser } from '../me/describe-browser.ts'
import { sendMessage } from '../messages/send-message.ts'

/** Who asks: the browser, which the mail names, and the client's address, for the limits. */
export type Asking = { userAgent: string; address: string }

export const codePlaceOf = ({ request }: { request: { id: AuthRequestId } }): CodePlace => ({
  flow: request.id,
  purpose: 'verify_email',
})

/** Where the mail of a registration leads; what stands behind the # reaches no server. */
const VERIFY_PATH = '/verify#'
/** Where somebody with an account signs in. */
const SIGN_IN_PATH = '/account'
const MINUTE = 60_000

/**
 * A new code in a mail. An address that has an account gets the same row, and a mail that says so: the page can not tell, and neither
 * can a clock.
 * @throws Problem too_many_attempts when the code before is younger than half a minute
 */
export async function sendCode(
  deps: Deps,
  tx: Executor,
  flow: AuthRequestId,
  form: RegistrationForm,
  { userAgent, address }: Asking,
): Promise<void> {
  const { clock, repositories, settings } = deps
  const { email: to, organizationId } = form
  const place = codePlaceOf({ request: { id: flow } })
  const { code, codeExpiresAt } = await createCode(deps, tx, { ...place, userId: null, address: to })
  const owner = await repositories.users.findOwner({ kind: 'email', value: to }, organizationId, tx)
  const asked = await describeBrowser(userAgent)
  const shared = { channel: 'email', to, organizationId, userId: owner?.id ?? null, address } as const
  if (form.isTaken) {
    const values = { link: settings.issuer + SIGN_IN_PATH, asked }
    await sendMessage(deps, tx, { ...shared, kind: 'address_taken', language: spoken(owner?.locale, form), values })
  } else {
    const link = `${settings.issuer}${VERIFY_PATH}${flow}.${code}`
    const values = { code, link, minutes: Math.round((codeExpiresAt - clock.now()) / MINUTE), asked }
    await sendMessage(deps, tx, { ...shared, kind: 'verify_email', language: spoken(form.language, form), values })
  }
}

/** The recipient's language where it is known, or else that of the page the mail was asked for on. */
function spoken(locale: string | undefined, { language }: RegistrationForm): Language {
  const [primary = ''] = (locale ?? '').split('-')
  if (isLanguage(primary)) return primary
  return isLanguage(language) ? language : 'en'
}
