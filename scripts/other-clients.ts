import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { findInPath } from './find-in-path.ts'

/** Debian's. */
const MODULES = '/usr/lib/apache2/modules'

/** Apache with mod_auth_openidc, or null: the program, and the folder of its modules. */
export function findApache(): { program: string; modules: string } | null {
  const program = findInPath(['apache2'], ['/usr/sbin'])
  const hasModule = fs.existsSync(path.join(MODULES, 'mod_auth_openidc.so'))
  return program && hasModule ? { program, modules: MODULES } : null
}

/** A Python that has Authlib and requests, or null. */
export function findAuthlib(): string | null {
  const pythons = ['/usr/bin/python3', findInPath(['python3'])].filter((file) => file !== null)
  return pythons.find((python) => spawnSync(python, ['-c', 'import authlib, requests']).status === 0) ?? null
}

/** The clients in other languages that are not installed. */
export const listAbsentClients = (): string[] => [
  ...(findApache() ? [] : ['Apache’s mod_auth_openidc']),
  ...(findAuthlib() ? [] : ['Authlib']),
]
