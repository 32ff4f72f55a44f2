import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../../settings.ts'
import { type Finding, fault, ok } from './finding.ts'

const SECRET = ['master.key', 'vestibule.db', 'vestibule.db-wal', 'vestibule.db-shm']

/** Nobody but the owner may read the data directory. Asked before anything is opened, because opening mends the modes. */
export function checkFiles({ dataDir }: Settings): Finding[] {
  if (process.platform === 'win32' || !existsSync(dataDir)) return []
  const findings = [dataDir, ...SECRET.map((name) => join(dataDir, name))]
    .filter((path) => existsSync(path))
    .flatMap(openToOthers)
  return findings.length > 0 ? findings : [ok(`files: ${dataDir} belongs to its owner alone`)]
}

function openToOthers(path: string): Finding[] {
  const stat = statSync(path)
  if ((stat.mode & 0o077) === 0) return []
  const mode = (stat.mode & 0o777).toString(8)
  return [fault(`files: ${path} was open to others (mode ${mode}): chmod ${stat.isDirectory() ? 700 : 600}`)]
}
