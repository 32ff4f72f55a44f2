import { breachRange } from '../../crypto/breach-range.ts'
import type { Deps } from '../../deps.ts'

/** Milliseconds. Somebody waits for it with a finger on the button. */
const PATIENCE = 2000

/**
 * Whether a password is known from a breach, by the range API of Have I Been Pwned: the service sees the first five characters of a hash
 * that many passwords share, and answers with padding that hides how many there are. No answer says no: a service that is down, slow or
 * strange keeps nobody from choosing a password.
 */
export async function isBreachedPassword({ outbound, settings, log }: Deps, password: string): Promise<boolean> {
  const { shown, kept } = breachRange(password)
  try {
    const { status, body } = await outbound({
      url: settings.breachApiUrl + shown,
      method: 'GET',
      headers: { 'Add-Padding': 'true', 'User-Agent': 'Vestibule' },
      signal: AbortSignal.timeout(PATIENCE),
    })
    if (status === 200) return knows(body, kept)
    log.warn({ status }, 'the breach service gave no answer')
  } catch (error) {
    log.warn({ error }, 'the breach service gave no answer')
  }
  return false
}

/** Lines of `SUFFIX:COUNT`; what never occurred is padding. */
const knows = (body: string, suffix: string): boolean =>
  body.split('\n').some((line) => {
    const [name = '', count = ''] = line.trim().split(':')
    return name.toUpperCase() === suffix && /^0*[1-9]\d*$/.test(count)
  })
