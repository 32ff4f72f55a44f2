import { z } from 'zod'
import {
  type MailRoute,
  parseMailUrl,
  parseSender,
  parseSmsUrl,
  type Sender,
  type SmsRoute,
} from './domain/delivery-route.ts'
import { isLoopback } from './domain/loopback.ts'
import { parseRelatedOrigins } from './domain/related-origins.ts'
import { StartRefused } from './domain/start-refused.ts'

/** A setting that keeps the server from starting, in one sentence for the operator. */
export class BadSettings extends StartRefused {}

const number = (least: number, most: number) => z.coerce.number().int().min(least).max(most)

const environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: number(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.string().optional(),
  RELATED_ORIGINS: z.string().default(''),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//)
    .optional(),
  DATABASE_CONNECTIONS: number(1, 200).default(10),
  SQLITE_SYNCHRONOUS: z.enum(['full', 'normal']).default('full'),
  MASTER_KEY: z.string().optional(),
  TRUSTED_PROXY_HOPS: number(0, 10).default(0),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ARGON2_MEMORY_KIB: number(8, 1_048_576).default(19_456),
  ARGON2_PASSES: number(1, 20).default(2),
  KEYS_MAX_AGE: number(1, 86_400).default(300),
  KEY_ROTATION_DAYS: number(1, 3650).default(90),
  DELETION_GRACE_DAYS: number(1, 365).default(14),
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.1).max(1_000_000).default(1),
  ANOMALY_ACCOUNTS: number(0, 1_000_000).default(200),
  REQUIRE_PUSHED_REQUESTS: z.enum(['on', 'off']).default('off'),
  DPOP_NONCE: z.enum(['on', 'off']).default('off'),
  METRICS_TOKEN: z.string().min(16).optional(),
  MAIL_URL: z.string().optional(),
  MAIL_FROM: z.string().optional(),
  SMS_URL: z.string().optional(),
  BREACH_API_URL: z.string().default('https://api.pwnedpasswords.com/range/'),
  LOOPBACK_REQUESTS: z.enum(['on', 'off']).default('off'),
  DEMO: z.enum(['on', 'off']).default('off'),
  DEMO_URL: z.url().default('http://localhost:3001'),
})

const EXPLAINED: Partial<Record<string, string>> = {
  PORT: 'a port from 0 to 65535',
  RELATED_ORIGINS: 'at most 20 origins, separated by commas: https://shop.example,https://club.example',
  DATABASE_URL: 'postgres://user:password@host/database, or nothing for the SQLite file in DATA_DIR',
  TRUSTED_PROXY_HOPS: 'the number of proxies in front of this server, 0 to 10',
  METRICS_TOKEN: 'at least 16 characters',
  MAIL_URL: 'smtp://user:password@host:587, smtps://..., resend:KEY, webhook+https://SECRET@host/path or outbox:',
  SMS_URL: 'twilio://SID:TOKEN@?from=%2B1..., webhook+https://SECRET@host/path or outbox:',
}

type Environment = z.infer<typeof environment>

export type Settings = ReturnType<typeof readSettings>

/** The environment, checked. @throws BadSettings with one sentence per fault. */
export function readSettings(env: Record<string, string | undefined>) {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = environment.safeParse(present)
  if (!parsed.success) throw new BadSettings(parsed.error.issues.map(explain).join('\n'))
  const values = parsed.data
  const issuer = checkedPublicUrl(values.PUBLIC_URL ?? `http://localhost:${values.PORT}`)
  const onLoopback = isLoopback(new URL(issuer).hostname)
  if (values.DEMO === 'on' && !onLoopback)
    throw new BadSettings('DEMO is for this machine only: leave it off with a public PUBLIC_URL.')
  if (!onLoopback && (values.ARGON2_MEMORY_KIB < 7168 || values.ARGON2_MEMORY_KIB * values.ARGON2_PASSES < 35_840))
    throw new BadSettings('ARGON2_MEMORY_KIB and ARGON2_PASSES are too low for a public server. Leave them out.')
  if (!onLoopback && values.LOOPBACK_REQUESTS === 'on')
    throw new BadSettings('LOOPBACK_REQUESTS is for development: leave it off with a public PUBLIC_URL.')
  return {
    port: values.PORT,
    host: values.HOST,
    /** The origin and issuer of the address that is spoken at, without a slash at the end: the public one, or that of a login domain. */
    issuer,
    /** The same, wherever a request arrives: at a login domain the issuer is another. */
    publicOrigin: issuer,
    secure: issuer.startsWith('https:'),
    /** Pages elsewhere that may use the passkeys of this host (WebAuthn Level 3, 5.11). */
    relatedOrigins: relatedOriginsOf(values.RELATED_ORIGINS),
    dataDir: values.DATA_DIR,
    databaseUrl: values.DATABASE_URL ?? null,
    databaseConnections: values.DATABASE_CONNECTIONS,
    sqliteSynchronous: values.SQLITE_SYNCHRONOUS,
    masterKey: values.MASTER_KEY ?? null,
    trustedProxyHops: values.TRUSTED_PROXY_HOPS,
    logLevel: values.LOG_LEVEL,
    hashCost: { memory: values.ARGON2_MEMORY_KIB, passes: values.ARGON2_PASSES },
    /** Seconds that relying parties may cache keys and metadata. */
    keysMaxAge: values.KEYS_MAX_AGE,
    keyRotationDays: values.KEY_ROTATION_DAYS,
    /** Days between the wish to delete an account and its end. */
    deletionGraceDays: values.DELETION_GRACE_DAYS,
    rateLimitFactor: values.RATE_LIMIT_FACTOR,
    /** So many accounts that fail within a quarter of an hour are reported; 0: none. */
    anomalyAccounts: values.ANOMALY_ACCOUNTS,
    /** Every application sends its authorization requests to us first (RFC 9126 5). */
    requirePushedRequests: values.REQUIRE_PUSHED_REQUESTS === 'on',
    /** Proofs of possession hold a value of ours (RFC 9449 8). */
    dpopNonce: values.DPOP_NONCE === 'on',
    metricsToken: values.METRICS_TOKEN ?? null,
    messages: messagesOf(values, new URL(issuer).hostname, onLoopback && values.NODE_ENV !== 'production'),
    breachApiUrl: checkedBreachUrl(values.BREACH_API_URL, values.LOOPBACK_REQUESTS === 'on'),
    /** Providers and webhooks may be on this machine. */
    loopbackRequests: values.LOOPBACK_REQUESTS === 'on',
    demo: values.DEMO === 'on' ? { url: values.DEMO_URL } : null,
  }
}

/** How mails and text messages leave. Left out, they are shown where somebody develops, and are not set up anywhere else. */
function messagesOf(
  values: Environment,
  host: string,
  isDevelopment: boolean,
): { mail: MailRoute | null; sms: SmsRoute | null; from: Sender } {
  const unset = isDevelopment ? 'outbox:' : undefined
  const mail = routeOf('MAIL_URL', values.MAIL_URL ?? unset, parseMailUrl)
  const sms = routeOf('SMS_URL', values.SMS_URL ?? unset, parseSmsUrl)
  for (const [name, route] of [
    ['MAIL_URL', mail],
    ['SMS_URL', sms],
  ] as const)
    if (route?.kind === 'outbox' && !isDevelopment)
      throw new BadSettings(
        `${name} must not be outbox: here: it shows every message to whoever asks. It is for this machine, without NODE_ENV=production.`,
      )
  if (values.MAIL_FROM === undefined && (mail?.kind === 'smtp' || mail?.kind === 'resend'))
    throw new BadSettings('MAIL_FROM must be set with this MAIL_URL, like Acme <no-reply@example.com>.')
  const from = parseSender(values.MAIL_FROM ?? `no-reply@${isLiteral(host) ? 'localhost' : host}`)
  if (!from)
    throw new BadSettings('MAIL_FROM must be an address, or a name and an address: Acme <no-reply@example.com>.')
  return { mail, sms, from }
}

const isLiteral = (host: string) => host.startsWith('[') || /^[0-9.]+$/.test(host)

function routeOf<Route>(name: 'MAIL_URL' | 'SMS_URL', text: string | undefined, parse: (text: string) => Route | null) {
  if (text === undefined) return null
  const route = parse(text)
  if (route === null) throw new BadSettings(`${name} must be ${EXPLAINED[name]}.`)
  return route
}

function explain({ path }: { path: PropertyKey[] }): string {
  const name = String(path[0])
  const expected = EXPLAINED[name]
  return expected ? `${name} must be ${expected}.` : `${name} has a value that can not be used; see .env.example.`
}

function relatedOriginsOf(text: string): string[] {
  const origins = parseRelatedOrigins(text)
  if (!origins) throw new BadSettings(`RELATED_ORIGINS must be ${EXPLAINED.RELATED_ORIGINS}.`)
  return origins
}

/** Where the first characters of a hash are put at the end. */
function checkedBreachUrl(text: string, mayBeHere: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url?.protocol === 'http:' && mayBeHere && isLoopback(url.hostname)
  if (!url || !(url.protocol === 'https:' || isPlain) || url.search || url.hash || url.username || url.password)
    throw new BadSettings('BREACH_API_URL must be an address like https://api.pwnedpasswords.com/range/.')
  return url.href.replace(/\/?$/, '/')
}

function checkedPublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol))
    throw new BadSettings('PUBLIC_URL must be an address like https://login.example.com.')
  if (url.pathname !== '/' || url.search || url.hash || url.username || url.password)
    throw new BadSettings('PUBLIC_URL must be an origin: no path, query, fragment or user name.')
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new BadSettings(
      'PUBLIC_URL must be https: signing in over http would show passwords and sessions to the network.',
    )
  return url.origin
}
