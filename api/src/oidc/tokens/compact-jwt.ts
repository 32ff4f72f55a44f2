/** Characters; longer ones are not looked at. */
export const LONGEST_JWT = 8192

/** Three parts in the one encoding that each has: another spelling of the same bytes is another token. */
export function isCanonical(token: string): boolean {
  const parts = token.split('.')
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}
