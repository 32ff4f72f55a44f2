import type { SigningAlgorithm } from './application.ts'

/** The public half as it is published (RFC 7517); no private or symmetric member can be in it. */
export type PublicJwk =
  | { kty: 'RSA'; n: string; e: string }
  | { kty: 'EC'; crv: 'P-256'; x: string; y: string }
  | { kty: 'OKP'; crv: 'Ed25519'; x: string }

export type KeyTimes = { kid: string; algorithm: SigningAlgorithm; createdAt: number; usedFrom: number }

/** Retired keys are kept this long, unpublished, to verify `id_token_hint`. Milliseconds. */
export const HINT_LIFETIME = 90 * 86_400_000

/** When a key stops signing: when the next one of its algorithm starts. Infinity for the last. */
export function usedUntil(key: KeyTimes, keys: readonly KeyTimes[]): number {
  const later = keys.filter((other) => other.algorithm === key.algorithm && other.usedFrom > key.usedFrom)
  return Math.min(...later.map((other) => other.usedFrom))
}

/** The key that signs at this moment: the newest whose time has come. A key alone signs from its creation on. */
export function signingKeyAt<Key extends KeyTimes>(
  keys: readonly Key[],
  algorithm: SigningAlgorithm,
  now: number,
): Key | null {
  const ready = keys.filter((key) => key.algorithm === algorithm && key.usedFrom <= now)
  return ready.toSorted((a, b) => b.usedFrom - a.usedFrom)[0] ?? null
}

/** Published from its creation until the last token it signed has expired. `longestToken` in milliseconds. */
export const isPublished = (key: KeyTimes, keys: readonly KeyTimes[], longestToken: number, now: number): boolean =>
  usedUntil(key, keys) + longestToken > now

/** Nothing can be verified with it any more, hints included. */
export const isForgettable = (key: KeyTimes, keys: readonly KeyTimes[], now: number): boolean =>
  usedUntil(key, keys) + HINT_LIFETIME <= now
