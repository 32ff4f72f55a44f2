import type { Readable, Writable } from 'node:stream'
import type { Clock } from '../deps.ts'

/** Everything a command may touch of the world around it. What was asked for goes to `stdout`, everything else to `stderr`. */
export type Terminal = {
  env: Record<string, string | undefined>
  clock: Clock
  stdin: Readable & { isTTY?: boolean }
  stdout: Writable
  stderr: Writable
}

/** 0 done, 1 it failed, 2 it was asked for wrongly; null: the server goes on. */
export type ExitCode = 0 | 1 | 2 | null

export const say = (to: Writable, ...lines: string[]): void => {
  to.write(lines.map((line) => `${line}\n`).join(''))
}

/** What can not be done as it was asked for, in one sentence for the operator. */
export class Refused extends Error {}

/** A command that was not understood. */
export class BadUsage extends Refused {}
