const MINUTE = 60
const HOUR = 3_600

/** A wait in seconds as a moment: "in 40 seconds", "in 3 minutes", "in 5 hours". Never too early. */
export function fromNow(locale: string, seconds: number): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  if (seconds < 2 * MINUTE) return format.format(seconds, 'second')
  if (seconds <= 2 * HOUR) return format.format(Math.ceil(seconds / MINUTE), 'minute')
  return format.format(Math.ceil(seconds / HOUR), 'hour')
}
