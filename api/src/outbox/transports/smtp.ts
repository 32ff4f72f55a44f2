import type { Transporter } from 'nodemailer'
import { DeliveryFailed, type DeliveryFault } from '../../domain/delivery.ts'
import type { Sender, SmtpRoute } from '../../domain/delivery-route.ts'
import { headersOf, messageIdOf } from '../envelope.ts'
import type { Transport } from './transport.ts'

/** Milliseconds: for a name, a connection, a greeting, and for silence in between. */
const TIMEOUTS = { dnsTimeout: 5_000, connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 }

type Options = { /** A certificate authority of one's own. */ ca?: string; timeouts?: Partial<typeof TIMEOUTS> }

/**
 * SMTP by nodemailer, which builds the message: headers and boundaries are never put together here. One connection a message, so that
 * none is found broken; TLS 1.2 at least, with the certificate checked.
 */
export function smtpTransport(route: SmtpRoute, from: Sender, { ca, timeouts }: Options = {}): Transport {
  let transporter: Promise<Transporter> | undefined

  async function connect(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer')
    const { host, port, tls, login } = route
    return createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'required',
      ignoreTLS: tls === 'none',
      tls: { minVersion: 'TLSv1.2', ...(ca ? { ca } : {}) },
      ...(login ? { auth: { user: login.user, pass: login.password } } : {}),
      ...TIMEOUTS,
      ...timeouts,
      // nothing is read from a file or an address because of what a message says
      disableFileAccess: true,
      disableUrlAccess: true,
    }) as Transporter
  }

  return async ({ id, to }, { subject, text, html }, signal) => {
    transporter ??= connect()
    const mail = {
      from,
      // an object is one address, whatever it holds; a text would be parsed as a list
      to: { name: '', address: to },
      subject,
      text,
      ...(html === null ? {} : { html }),
      messageId: messageIdOf(id, from),
      headers: headersOf(),
      signal,
    }
    const { rejected } = await (await transporter).sendMail(mail).catch((error: unknown) => {
      throw new DeliveryFailed(signal.aborted ? 'timeout' : faultOf(error), { cause: error })
    })
    if (rejected?.length) throw new DeliveryFailed('recipient_refused')
  }
}

/** nodemailer says what went wrong with a code, and the server with a number (RFC 5321 4.2.1): 4xx is for now, 5xx for good. */
function faultOf(error: unknown): DeliveryFault {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  // a wrong password or certificate is mended by the operator, so it is tried again
  if (code === 'EAUTH' || code === 'ETLS' || code === 'ENOAUTH' || code === 'EOAUTH2') return 'not_allowed'
  if (responseCode !== undefined && responseCode >= 500) return code === 'EENVELOPE' ? 'recipient_refused' : 'refused'
  if (responseCode !== undefined && responseCode >= 400) return 'deferred'
  if (code === 'ETIMEDOUT') return 'timeout'
  return 'unreachable'
}
