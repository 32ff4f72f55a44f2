/** The browser that something was asked for or done in, as `describeBrowser` says it. */
type Where = { browser: string | null; system: string | null }

/** The same as the browser said it: describing takes a moment, which whoever sends the message has, and a transaction has not. */
type Undescribed = { userAgent: string }

/** What a code may say of who asked for it. Left out where nobody did, or nothing is known. */
type Asked = { asked?: Where }

/** Something happened at this moment (milliseconds), and the link leads to what helps when it was somebody else. */
type Happened = { at: number; notMeLink: string }

/** The ways to prove who one is that a message may name. */
export const MESSAGE_FACTORS = ['passkey', 'security_key', 'totp', 'email', 'sms', 'recovery_codes'] as const
export type MessageFactor = (typeof MESSAGE_FACTORS)[number]

/**
 * Every mail with the values that its template puts in. Codes are said as they are typed, links are whole, durations are minutes,
 * instants milliseconds.
 */
export type EmailValues = {
  /** A new address is to be confirmed, at registration or later by its owner. */
  verify_email: { code: string; link: string; minutes: number } & Asked
  /** Somebody registered with an address that has an account. */
  address_taken: { link: string } & Asked
  /** The second proof of a sign-in, or the set-up of it. */
  login_code: { code: string; link: string; minutes: number } & Asked
  /** So many are left. */
  recovery_code_used: { left: number } & Happened
  reset_password: { code: string; link: string; codeMinutes: number; linkMinutes: number } & Asked
  password_changed: Happened & Where
  password_reset: Happened & Where
  /** Too many wrong attempts. */
  account_locked: { until: number; at: number }
  /** To the new address. */
  email_change_code: { code: string; minutes: number } & Asked
  /** To the old address. `newAddressMasked` is null when it was taken away. */
  email_changed: { newAddressMasked: string | null } & Happened
  /** `newPhoneMasked` is null when the number was taken away. */
  phone_changed: { newPhoneMasked: string | null } & Happened
  deletion_planned: { date: number; undoLink: string }
  account_deleted: Record<never, never>
  new_device: Happened & (Where | Undescribed)
  /** Somebody said "this was not me". */
  intrusion_reported: Happened & Where
  factor_added: { factor: MessageFactor } & Happened
  factor_removed: { factor: MessageFactor } & Happened
  /** No second factor is asked for in this browser until then. */
  device_trusted: { until: number } & Happened & Where
  login_after_failures: { count: number } & Happened
  /** To managers: so many failed sign-ins in so many minutes. */
  anomaly: { count: number; minutes: number }
}

/** Every text message, likewise. */
export type SmsValues = {
  verify_phone: { code: string; minutes: number }
  login_code: { code: string; minutes: number }
  reset_password: { code: string; minutes: number }
}

export type EmailKind = keyof EmailValues
export type SmsKind = keyof SmsValues

type EmailOf<Kind extends EmailKind> = { channel: 'email'; kind: Kind; values: EmailValues[Kind] }
type SmsOf<Kind extends SmsKind> = { channel: 'sms'; kind: Kind; values: SmsValues[Kind] }
export type Email = { [Kind in EmailKind]: EmailOf<Kind> }[EmailKind]
export type Sms = { [Kind in SmsKind]: SmsOf<Kind> }[SmsKind]

/** A message with its values. A new kind is a member above, a template in `outbox/templates` and texts in `mail.json`: the compiler asks. */
export type Message = Email | Sms
export type Channel = Message['channel']
export type MessageKind = Message['kind']

/** When the first code in it is over, or null where it carries none: nothing is sent after that. Milliseconds. */
export function endOf({ values }: Message, now: number): number | null {
  if (!('code' in values)) return null
  return now + ('minutes' in values ? values.minutes : values.codeMinutes) * 60_000
}

/** Every address in it. */
export const linksOf = ({ values }: Message): string[] =>
  (['link', 'notMeLink', 'undoLink'] as const).flatMap((name) =>
    name in values ? [(values as Record<typeof name, string>)[name]] : [],
  )
