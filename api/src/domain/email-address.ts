import { domainToUnicode } from 'node:url'
import { normalizeIdentifier } from './identifier.ts'
import { isRecipient } from './recipient.ts'
import { mixesLookAlikes } from './single-script.ts'

/** An address that somebody may have, normalised; null for anything else. A tag behind a plus is part of it. */
export function readEmail(typed: string): string | null {
  const address = normalizeIdentifier('email', typed)
  // browsers write a domain as the name service has it before they send it
  const domain = domainToUnicode(address.slice(address.lastIndexOf('@') + 1))
  if (domain.split('.').some(mixesLookAlikes)) return null
  if (!isRecipient('email', address)) return null
  const at = address.lastIndexOf('@')
  const labels = address.slice(at + 1).split('.')
  const isReachable = labels.length > 1 && labels.every(({ length }) => length <= 63) && !/^\d+$/.test(labels.at(-1)!)
  return isReachable && !/^\.|\.\.|\.$/.test(address.slice(0, at)) ? address : null
}
