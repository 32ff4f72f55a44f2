import type { Resend } from 'resend'
import { DeliveryFailed, type DeliveryFault } from '../../domain/delivery.ts'
import type { Sender } from '../../domain/delivery-route.ts'
import { headersOf, messageIdOf } from '../envelope.ts'
import type { Transport } from './transport.ts'

/** Resend's API. It returns its errors, and an idempotency key makes a repeated attempt one mail (for a day). */
export function resendTransport(apiKey: string, from: Sender): Transport {
  let client: Promise<Resend> | undefined
  return async ({ id, to }, { subject, text, html }, signal) => {
    client ??= import('resend').then((library) => new library.Resend(apiKey))
    const headers = { ...headersOf(), 'Message-ID': messageIdOf(id, from) }
    const mail = { from: senderOf(from), to: [to], subject, text, ...(html === null ? {} : { html }), headers }
    const { error } = await (await client).emails.send(mail, { idempotencyKey: id, signal })
    if (!error) return
    throw new DeliveryFailed(signal.aborted ? 'timeout' : faultOf(error), { cause: error })
  }
}

/** The name was checked when the setting was read: no quote, bracket or control character is in it. */
const senderOf = ({ name, address }: Sender) => (name === '' ? address : `"${name.replaceAll('\\', '')}" <${address}>`)

function faultOf({ name, statusCode }: { name: string; statusCode: number | null }): DeliveryFault {
  if (statusCode === null) return 'unreachable'
  if (/api_key|invalid_access|from_address/.test(name) || statusCode === 401 || statusCode === 403) return 'not_allowed'
  // 409: the attempt before is still under way; 429: too many, or the quota is used up
  if (statusCode >= 500 || [408, 409, 425, 429].includes(statusCode)) return 'deferred'
  return 'refused'
}
