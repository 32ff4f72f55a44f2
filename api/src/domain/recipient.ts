import type { Channel } from './messages.ts'

/** What would be mail syntax has no place in an address that is mailed to: lists, comments, quotes, routes, line ends. */
const LOCAL = /^[^\s@"(),:;<>[\]\\\p{Cc}\p{Cf}]{1,64}$/u
const DOMAIN = /^(?=.{1,253}$)[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u
/** E.164. */
const PHONE = /^\+[1-9][0-9]{6,14}$/

/** Exactly one address of this channel. Stricter than RFC 5321: what is refused here nobody has, and mailers disagree about. */
export function isRecipient(channel: Channel, to: string): boolean {
  if (channel === 'sms') return PHONE.test(to)
  const at = to.lastIndexOf('@')
  return at > 0 && to.length <= 254 && LOCAL.test(to.slice(0, at)) && DOMAIN.test(to.slice(at + 1))
}

/** Country codes of two digits (ITU-T E.164.D). +1 and +7 have one, all others three. */
const TWO_DIGITS = /^\+(20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/** Where a number belongs for counting: its country code; under +1, which 25 countries share, with the area. */
export function countryOf(phone: string): string {
  if (phone.startsWith('+1')) return phone.slice(0, 5)
  if (phone.startsWith('+7')) return '+7'
  return phone.slice(0, TWO_DIGITS.test(phone) ? 3 : 4)
}
