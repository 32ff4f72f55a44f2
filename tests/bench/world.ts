import { generateKeyPairSync } from 'node:crypto'

/** What every measured server is set up with: one application, some people, one password. */

export type Client = { id: string; secret: string }

export const CLIENT: Client = { id: 'bench-client', secret: 'bench-secret-of-more-than-32-characters' }
/** Acts for itself, at an API. */
export const PROGRAM: Client = { id: 'bench-program', secret: 'program-secret-of-more-than-32-characters' }
/** The API, as tokens for it are asked for (RFC 8707). */
export const RESOURCE = 'https://api.example/'
export const REDIRECT_URI = 'https://relying-party.example/callback'

export type User = { username: string; email: string; givenName: string; familyName: string }

/** One password for all: the driver measures servers, not passwords. */
export const PASSWORD = 'correct-Horse-battery-7'

export const USERS: User[] = Array.from({ length: 200 }, (_, index) => ({
  username: `person${index}`,
  email: `person${index}@bench.example`,
  givenName: 'Person',
  familyName: `Number ${index}`,
}))

/**
 * Argon2id at its cheapest, the same for every server. A real hash takes ten times as long as all the rest of a login and would hide
 * what is compared.
 */
export const TRIVIAL_HASH = { memoryCost: 8, timeCost: 1, parallelism: 1 }

/** What Vestibule uses where no setting says otherwise. */
export const REAL_HASH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** A fresh P-256 key as JWK text, for the servers that take their signing key (ES256) from outside. */
export function createSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES256', use: 'sig' })
}
