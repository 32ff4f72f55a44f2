import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

const children = new URL('children.mjs', import.meta.url).href

/** A launcher of two programs that say `ready`, then the signal they get, and end with their own exit code. */
const LAUNCHER = `
import { launch } from ${JSON.stringify(children)}
const program = (code) => "setInterval(() => {}, 1000);" +
  "for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => { console.log(s); process.exit(" + code + ") });" +
  "console.log('ready')"
const first = launch(process.execPath, ['-e', program(7)])
const second = launch(process.execPath, ['-e', program(0)])
await second.exitCode
process.exit(await first.exitCode)
`

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s reaches every child, and the exit code comes back',
  async (signal) => {
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', LAUNCHER])
    let output = ''
    launcher.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output === 'ready\nready\n') launcher.kill(signal)
    })
    const [code] = (await once(launcher, 'close')) as [number]
    expect(output).toBe(`ready\nready\n${signal}\n${signal}\n`)
    expect(code).toBe(7)
  },
)

test('a program that can not be started ends with 127, one that a signal ended with 128 and its number', async () => {
  const { launch } = await import('./children.mjs')
  expect(await launch('no-such-program', [], { stdio: 'ignore' }).exitCode).toBe(127)
  expect(await launch(process.execPath, ['-e', "process.kill(process.pid, 'SIGKILL')"]).exitCode).toBe(137)
})
