/** Characters; longer ones are not looked at. */
export const LONGEST_JWT = 8192

/** Three parts in the one encoding that each has: another spelling of the same bytes is another token. */
export function isCanonical(token: string): boolean {
  const parts = token.split('.')
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}

/** What a part of a JWT that somebody else made says; null for anything but an object. */
export function readPart(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
