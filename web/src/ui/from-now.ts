import { closeUp } from './close-up.ts'

const MINUTE = 60
const HOUR = 3_600

/** A wait in seconds as a moment: "in 40 seconds", "in 3 minutes", "in 5 hours". Never too early. */
export function fromNow(locale: string, seconds: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const [count, unit] =
    seconds < 2 * MINUTE
      ? ([seconds, 'second'] as const)
      : seconds <= 2 * HOUR
        ? ([Math.ceil(seconds / MINUTE), 'minute'] as const)
        : ([Math.ceil(seconds / HOUR), 'hour'] as const)
  return closeUp(format.format(count, unit))
}
