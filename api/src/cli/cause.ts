/** What went wrong, without the values of a statement: the message of drizzle's errors holds them, that of their cause does not. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return 'an unknown failure'
  const { code } = cause as { code?: unknown }
  return [cause.message, ...(typeof code === 'string' ? [`(${code})`] : [])].filter(Boolean).join(' ')
}
