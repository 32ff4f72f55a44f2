import { v7 } from 'uuid'

/** Ids are branded strings with a prefix: a session's id can not be passed where a user's belongs. Never used again. */
type Branded<Prefix extends string> = `${Prefix}_${string}` & { readonly [brand]: Prefix }
declare const brand: unique symbol

export type OrganizationId = Branded<'org'>
export type UserId = Branded<'usr'>
export type CredentialId = Branded<'crd'>
export type DeviceId = Branded<'dev'>
export type SessionId = Branded<'ses'>
export type TrustedDeviceId = Branded<'tru'>
export type KnownBrowserId = Branded<'kno'>
export type AuthRequestId = Branded<'req'>
export type LogoutRequestId = Branded<'out'>
export type ApplicationId = Branded<'app'>
export type GrantId = Branded<'grt'>
export type EventId = Branded<'evt'>
export type MessageId = Branded<'msg'>
export type LogoutNoticeId = Branded<'ntc'>
export type OneTimeCodeId = Branded<'otc'>
export type MachineKeyId = Branded<'key'>
/** Chosen by whoever made it. */
export type ProjectId = string & { readonly [brand]: 'project' }
export type PersonalTokenId = Branded<'pat'>

type IdOf = {
  org: OrganizationId
  usr: UserId
  crd: CredentialId
  dev: DeviceId
  ses: SessionId
  tru: TrustedDeviceId
  kno: KnownBrowserId
  req: AuthRequestId
  out: LogoutRequestId
  app: ApplicationId
  grt: GrantId
  evt: EventId
  msg: MessageId
  ntc: LogoutNoticeId
  otc: OneTimeCodeId
  key: MachineKeyId
  pat: PersonalTokenId
}

/**
 * Time and randomness come in: ids sort by time (UUIDv7, RFC 9562) and hold 74 random bits. With a count (of 32 bits, which takes the place
 * of as many random ones; RFC 9562, 6.2) those of one millisecond sort by it.
 */
export type IdSource = { now(): number; randomBytes(size: number): Uint8Array; count?(): number }

export function newId<Prefix extends keyof IdOf>(prefix: Prefix, source: IdSource): IdOf[Prefix] {
  const seq = source.count?.()
  const options = { msecs: source.now(), random: source.randomBytes(16), ...(seq === undefined ? {} : { seq }) }
  // its bytes, since the dashes of its usual form would only have to be taken out
  return `${prefix}_${v7(options, Buffer.allocUnsafe(16)).toString('hex')}` as IdOf[Prefix]
}

/** What somebody sent as an id is looked up only when it can be one: a database refuses some texts, the NUL byte first of all. */
export const isId = <Prefix extends keyof IdOf>(prefix: Prefix, value: string): value is IdOf[Prefix] =>
  value.startsWith(`${prefix}_`) && /^[0-9a-f]{32}$/.test(value.slice(prefix.length + 1))
