import { defaultPolicy, type PolicyOf, type PolicySource, type Resolved } from '@vestibule/shared/policies.ts'
import type { ApplicationSettings } from './application.ts'

/** How long what an application is issued lives. Seconds. */
export type TokenLifetimes = PolicyOf<'tokens'>
type Lifetime = keyof TokenLifetimes
/** With who says so: the application itself, or whose policy it goes by. */
type SourcedLifetime = { value: number; source: 'application' | PolicySource }
type SourcedLifetimes = Record<Lifetime, SourcedLifetime>
type Lifetimes = Pick<ApplicationSettings, Lifetime>

const DEFAULTS = defaultPolicy('tokens')

/**
 * The lifetimes that count: what the application says, over the policy that its organization owns or inherits. `stored` is that policy as its
 * row has it; what the row does not know has its default.
 */
export function lifetimesInForce(settings: Lifetimes, stored: unknown): TokenLifetimes {
  const policy = (stored ?? DEFAULTS) as Partial<TokenLifetimes>
  const inForce = (name: Lifetime) => settings[name] ?? policy[name] ?? DEFAULTS[name]
  return {
    accessTokenLifetime: inForce('accessTokenLifetime'),
    idTokenLifetime: inForce('idTokenLifetime'),
    refreshTokenIdleLifetime: inForce('refreshTokenIdleLifetime'),
    refreshTokenAbsoluteLifetime: inForce('refreshTokenAbsoluteLifetime'),
  }
}

/** The same, each with who says it, for whoever manages the application. */
export function sourcedLifetimes(settings: Lifetimes, { value, source }: Resolved<'tokens'>): SourcedLifetimes {
  const inForce = lifetimesInForce(settings, value)
  const sourced = (name: Lifetime): SourcedLifetime => ({
    value: inForce[name],
    source: settings[name] === null ? source : 'application',
  })
  return {
    accessTokenLifetime: sourced('accessTokenLifetime'),
    idTokenLifetime: sourced('idTokenLifetime'),
    refreshTokenIdleLifetime: sourced('refreshTokenIdleLifetime'),
    refreshTokenAbsoluteLifetime: sourced('refreshTokenAbsoluteLifetime'),
  }
}
