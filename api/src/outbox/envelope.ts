import type { Sender } from '../domain/delivery-route.ts'
import type { MessageId } from '../domain/ids.ts'

/** The same at every attempt (RFC 5322 3.6.4), so that a message which arrives twice is seen as one. */
export const messageIdOf = (id: MessageId, { address }: Sender): string =>
  `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`

/** No robot answers (RFC 3834 5; the second is what Exchange looks at). */
export const headersOf = (): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
})
