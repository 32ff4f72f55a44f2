import { isLoopback } from './loopback.ts'
import { isRecipient } from './recipient.ts'

/** `MAIL_FROM`, the only sender there is. */
export type Sender = { name: string; address: string }

export type SmtpRoute = {
  kind: 'smtp'
  host: string
  port: number
  /** From the first byte, by STARTTLS and never without it, or not at all: on this machine only. */
  tls: 'implicit' | 'required' | 'none'
  login: { user: string; password: string } | null
}
export type WebhookRoute = { kind: 'webhook'; url: string; secret: string }

/** How a channel leaves the house. `outbox`: not at all, it is shown. */
export type MailRoute = { kind: 'outbox' } | SmtpRoute | { kind: 'resend'; apiKey: string } | WebhookRoute
export type SmsRoute =
  | { kind: 'outbox' }
  | { kind: 'twilio'; accountSid: string; authToken: string; from: string }
  | WebhookRoute

/** Characters: a signature is worth what its key is. */
const LEAST_SECRET = 16

/** `MAIL_URL`, or null where it can not be understood. What is percent-encoded in user name and password is decoded. */
export function parseMailUrl(text: string): MailRoute | null {
  if (text === 'outbox:') return { kind: 'outbox' }
  const resend = /^resend:(?:\/\/)?([\w-]{8,})@?$/.exec(text)
  if (resend) return { kind: 'resend', apiKey: resend[1]! }
  return parseWebhook(text) ?? parseSmtp(text)
}

/** `SMS_URL`, or null where it can not be understood. */
export function parseSmsUrl(text: string): SmsRoute | null {
  if (text === 'outbox:') return { kind: 'outbox' }
  const twilio = /^twilio:\/\/(AC\w+):(\w+)@\/?\?from=([^&]+)$/.exec(text)
  if (!twilio) return parseWebhook(text)
  const [, accountSid, authToken, from] = twilio as unknown as [string, string, string, string]
  const sender = decoded(from)
  // a number, a messaging service, or a name of letters
  return sender && /^(\+[1-9]\d{6,14}|MG\w+|[A-Za-z0-9 ]{1,11})$/.test(sender)
    ? { kind: 'twilio', accountSid, authToken, from: sender }
    : null
}

/** `Name <address>` or an address, or null. */
export function parseSender(text: string): Sender | null {
  const [, name = '', bracketed, bare] = /^(?:([^<>"\p{Cc}]*?)\s*<([^<>]+)>|(\S+))$/u.exec(text.trim()) ?? []
  const address = bracketed ?? bare ?? ''
  return isRecipient('email', address) ? { name, address } : null
}

function parseSmtp(text: string): SmtpRoute | null {
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return null
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text)
  if (hostname === '' || !['', '/'].includes(pathname) || search || hash) return null
  const [user, secret] = [decoded(username), decoded(password)]
  if (user === null || secret === null || (user === '') !== (secret === '')) return null
  const isImplicit = protocol === 'smtps:'
  return {
    kind: 'smtp',
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port ? Number(port) : isImplicit ? 465 : 587,
    tls: isImplicit ? 'implicit' : isLoopback(hostname) ? 'none' : 'required',
    login: user ? { user, password: secret } : null,
  }
}

/** `webhook+https://SECRET@host/path`. */
function parseWebhook(text: string): WebhookRoute | null {
  const inner = /^webhook\+(https?:\/\/.*)$/.exec(text)?.[1]
  if (!inner || !URL.canParse(inner)) return null
  const url = new URL(inner)
  const secret = decoded(url.username)
  if (!secret || secret.length < LEAST_SECRET || url.password || url.hash) return null
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return null
  url.username = ''
  return { kind: 'webhook', url: url.href, secret }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
