import { createHash } from 'node:crypto'

/** A password as the range API of Have I Been Pwned counts them: what a service is shown, and what is looked for in its answer. */
export function breachRange(password: string): { shown: string; kept: string } {
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase()
  return { shown: hash.slice(0, 5), kept: hash.slice(5) }
}
