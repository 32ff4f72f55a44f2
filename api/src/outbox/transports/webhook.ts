import { createHmac } from 'node:crypto'
import { DeliveryFailed } from '../../domain/delivery.ts'
import type { Sender, WebhookRoute } from '../../domain/delivery-route.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import { headersOf, messageIdOf } from '../envelope.ts'
import { faultOfStatus, noAnswer } from './http-fault.ts'
import type { Transport } from './transport.ts'

type Options = { send: Outbound; from: Sender; now: () => number }

/**
 * POST of the finished message as JSON. `Vestibule-Signature: t=SECONDS,v1=HEX` is the HMAC-SHA256 of `SECONDS.BODY` under the secret of
 * the setting: the receiver compares it and refuses what is older than five minutes. Any 2xx takes the message on.
 */
export function webhookTransport({ url, secret }: WebhookRoute, { send, from, now }: Options): Transport {
  return async ({ id, to, message, letter }, { subject, text, html }, signal) => {
    const { channel, kind } = message
    const mail = {
      from: from.address,
      fromName: from.name,
      subject,
      html,
      headers: { ...headersOf(), 'Message-ID': messageIdOf(id, from) },
    }
    const body = JSON.stringify({
      id,
      channel,
      kind,
      to,
      language: letter.language,
      text,
      ...(channel === 'email' ? mail : {}),
    })
    const at = Math.floor(now() / 1000)
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': id,
      'vestibule-signature': `t=${at},v1=${signatureOf(secret, at, body)}`,
    }
    const { status } = await send({ url, headers, body, signal }).catch(noAnswer(signal))
    const fault = faultOfStatus(status)
    if (fault) throw new DeliveryFailed(fault)
  }
}

const signatureOf = (secret: string, at: number, body: string): string =>
  createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
