import { DeliveryFailed } from '../../domain/delivery.ts'
import type { SmsRoute } from '../../domain/delivery-route.ts'
import type { Outbound } from '../../outbound/outbound.ts'
import { faultOfStatus, noAnswer } from './http-fault.ts'
import type { Transport } from './transport.ts'

type Route = Extract<SmsRoute, { kind: 'twilio' }>

/** Twilio's own codes for a number that can not be written to: not a mobile one, not valid, has unsubscribed, not reachable. */
const NO_RECIPIENT = new Set([21211, 21214, 21217, 21265, 21408, 21610, 21612, 21614])

/** Twilio's Messages resource, by one POST. It knows no idempotency key: after a crash a message may go twice. */
export function twilioTransport({ accountSid, authToken, from }: Route, send: Outbound): Transport {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`
  const headers = {
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const senderField = from.startsWith('MG') ? 'MessagingServiceSid' : 'From'
  return async ({ to }, { text }, signal) => {
    const body = new URLSearchParams({ To: to, Body: text, [senderField]: from }).toString()
    const answer = await send({ url, headers, body, signal }).catch(noAnswer(signal))
    const fault = faultOfStatus(answer.status)
    if (fault === 'refused' && NO_RECIPIENT.has(codeOf(answer.body))) throw new DeliveryFailed('recipient_refused')
    if (fault) throw new DeliveryFailed(fault)
  }
}

function codeOf(body: string): number {
  try {
    return Number((JSON.parse(body) as { code?: unknown } | null)?.code)
  } catch {
    return Number.NaN
  }
}
