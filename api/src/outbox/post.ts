import { DeliveryFailed } from '../domain/delivery.ts'
import type { MailRoute, Sender, SmsRoute } from '../domain/delivery-route.ts'
import type { Channel } from '../domain/messages.ts'
import type { Outbound } from '../outbound/outbound.ts'
import { createBell } from './bell.ts'
import { render } from './render.ts'
import { resendTransport } from './transports/resend.ts'
import { createSink } from './transports/sink.ts'
import { smtpTransport } from './transports/smtp.ts'
import type { Parcel, Transport } from './transports/transport.ts'
import { twilioTransport } from './transports/twilio.ts'
import { webhookTransport } from './transports/webhook.ts'

type Options = { mail: MailRoute | null; sms: SmsRoute | null; from: Sender; outbound: Outbound; now: () => number }

export type Post = ReturnType<typeof createPost>

/** How messages are written and how they leave. Nothing but the worker delivers. */
export function createPost({ mail, sms, from, outbound, now }: Options) {
  const sink = mail?.kind === 'outbox' || sms?.kind === 'outbox' ? createSink(now) : null
  const webhook = { send: outbound, from, now }

  function transportOf(route: MailRoute | SmsRoute): Transport {
    switch (route.kind) {
      case 'outbox':
        return sink!.put
      case 'smtp':
        return smtpTransport(route, from)
      case 'resend':
        return resendTransport(route.apiKey, from)
      case 'twilio':
        return twilioTransport(route, outbound)
      case 'webhook':
        return webhookTransport(route, webhook)
    }
  }
  const transports: Record<Channel, Transport | null> = {
    email: mail && transportOf(mail),
    sms: sms && transportOf(sms),
  }

  return {
    /** Whether anything leaves by this channel: what needs it is not offered otherwise. */
    has: (channel: Channel): boolean => transports[channel] !== null,
    render,
    /** @throws DeliveryFailed */
    async deliver(parcel: Parcel, signal: AbortSignal): Promise<void> {
      const transport = transports[parcel.message.channel]
      if (!transport) throw new DeliveryFailed('not_set_up')
      await transport(parcel, render(parcel.message, parcel.letter), signal)
    },
    /** What would have been sent, where nothing is: in development. */
    sink,
    bell: createBell(),
  }
}
