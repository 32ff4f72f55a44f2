import { isLoopback } from '../../domain/loopback.ts'
import type { Settings } from '../../settings.ts'
import { type Finding, ok, warning } from './finding.ts'

/** Settings that can be used, and what they mean for an installation that others can reach. */
export function checkSettings({ issuer, demo, masterKey, databaseUrl, sqliteSynchronous }: Settings): Finding[] {
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
  return findings
}
