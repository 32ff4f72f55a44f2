import type { MessageId } from '../../domain/ids.ts'
import { linksOf } from '../../domain/messages.ts'
import type { Rendered } from '../letter.ts'
import type { Parcel, Transport } from './transport.ts'

/** A message that did not leave. */
export type SunkMessage = Rendered & {
  id: MessageId
  to: string
  channel: 'email' | 'sms'
  kind: string
  code: string | null
  link: string | null
  at: number
}
export type Sink = {
  /** Newest first. */
  list(): readonly SunkMessage[]
  put: Transport
}

/** Messages remembered at once. */
const MOST = 500

/** For development: what would have been sent, in memory, to be looked at. */
export function createSink(now: () => number): Sink {
  const messages: SunkMessage[] = []
  return {
    list: () => messages,
    async put({ id, to, message }: Parcel, rendered: Rendered) {
      const { channel, kind, values } = message
      const code = 'code' in values ? values.code : null
      messages.unshift({ ...rendered, id, to, channel, kind, code, link: linksOf(message)[0] ?? null, at: now() })
      messages.splice(MOST)
    },
  }
}
