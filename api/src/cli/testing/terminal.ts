import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { run } from '../run.ts'

const QUICK = { ARGON2_MEMORY_KIB: '8', ARGON2_PASSES: '1' }

/** An installation in a folder of its own, and a terminal to type commands in. */
export function createInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const dataDir = join(folder, 'data')
  const env: Record<string, string> = { ...QUICK, DATA_DIR: dataDir, MASTER_KEY: randomBytes(32).toString('base64url') }
  const clock = { at: Date.UTC(2026, 5, 1), now: () => clock.at }

  return {
    dataDir,
    env,
    clock,
    /** A file beside the data; answers its path. */
    file(content: string | object): string {
      const path = join(folder, `${randomBytes(4).toString('hex')}.json`)
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
      return path
    },
    /** Types a command, with this on standard input. */
    async type(args: string[], input = '') {
      const out: string[] = []
      const err: string[] = []
      const to = (lines: string[]) =>
        new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
      const terminal = { env, clock, stdin: Readable.from([input]), stdout: to(out), stderr: to(err) }
      const code = await run(args, terminal)
      return { code, out: out.join(''), err: err.join('') }
    },
  }
}
