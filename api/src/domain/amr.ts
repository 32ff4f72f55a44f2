import type { Factor } from './session.ts'

/** Authentication Method Reference values (RFC 8176) of the factors a login rests on. */
export const amrOf = (factors: readonly Factor[]): string[] => [...new Set(factors.map((factor) => AMR[factor]))]

const AMR: Record<Factor, string> = { password: 'pwd' }
