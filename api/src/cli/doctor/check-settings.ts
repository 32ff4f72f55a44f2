import { isLoopback } from '../../domain/loopback.ts'
import type { Settings } from '../../settings.ts'
import { type Finding, ok, warning } from './finding.ts'

/** Settings that can be used, and what they mean for an installation that others can reach. */
export function checkSettings(settings: Settings): Finding[] {
  const { issuer, demo, masterKey, databaseUrl, sqliteSynchronous } = settings
  const findings = [ok(`settings: the public address is ${issuer}`)]
  const isLocal = isLoopback(new URL(issuer).hostname)
  if (isLocal) findings.push(warning('settings: without a public PUBLIC_URL only this machine can sign in'))
  if (demo) findings.push(warning('settings: DEMO is on, with accounts whose passwords are public'))
  if (!isLocal && !masterKey)
    findings.push(
      warning('settings: without MASTER_KEY the key lies in DATA_DIR; keep a copy apart from that of the database'),
    )
  if (!databaseUrl && sqliteSynchronous === 'normal')
    findings.push(warning('settings: SQLITE_SYNCHRONOUS=normal may lose the last sign-ins at a power failure'))
  return [...findings, ...checkMessages(settings)]
}

/** Without mail nobody confirms an address or sets a forgotten password, and notices reach nobody. */
function checkMessages({ messages: { mail, from } }: Settings): Finding[] {
  if (mail === null) return [warning('mail: MAIL_URL is not set, so codes and notices reach nobody')]
  if (mail.kind === 'outbox') return [ok('mail: nothing is sent, messages are shown at /dev/outbox')]
  if (mail.kind === 'smtp' && mail.tls === 'none')
    return [warning('mail: it leaves without TLS, which is for a server on this machine')]
  return [ok(`mail: it leaves by ${mail.kind}, from ${from.address}`)]
}
