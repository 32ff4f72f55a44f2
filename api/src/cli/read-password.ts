import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Refused, type Terminal } from './terminal.ts'

/** One line of standard input; at a terminal asked for twice, and not shown. @throws Refused */
export async function readPassword(terminal: Terminal): Promise<string> {
  const typed = terminal.stdin.isTTY ? await askTwice(terminal) : await text(terminal.stdin)
  const [line = '', ...more] = typed.replace(/\r?\n$/, '').split(/\r?\n/)
  if (more.length > 0) throw new Refused('standard input must hold the password in one line.')
  return line
}

async function askTwice(terminal: Terminal): Promise<string> {
  const password = await ask(terminal, 'New password: ')
  if ((await ask(terminal, 'The same again: ')) !== password) throw new Refused('these were two different passwords.')
  return password
}

/** Readline in terminal mode echoes to its output, so its output goes nowhere. */
async function ask({ stdin, stderr }: Terminal, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: stdin, output: nowhere, terminal: true })
  stderr.write(question)
  try {
    return await new Promise<string>((resolve, reject) => {
      reader.once('line', resolve)
      reader.once('SIGINT', () => reject(new Refused('nothing was changed.')))
      reader.once('close', () => reject(new Refused('nothing was typed.')))
    })
  } finally {
    reader.close()
    stderr.write('\n')
  }
}
