import type { LoginPolicy } from '@vestibule/shared/policy.ts'
import type { Deps, Device, Executor, KnownAccount, KnownApplication } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import { type Ceremony, newRegistration } from '../../domain/ceremony.ts'
import { needsConsent } from '../../domain/consent.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import type { LoginFacts } from '../../domain/login/facts.ts'
import { nextStep } from '../../domain/login/next-step.ts'
import type { LoginStep } from '../../domain/login/steps.ts'
import { type Subject, subjectOf } from '../../domain/login/subject.ts'
import type { TrustedDevice } from '../../domain/login/trusted-device.ts'
import { findPlace, type RegistrationPlace } from '../registration/place.ts'

/** Everything a step of the login is decided and drawn from. */
export type LoginContext = {
  device: Device | null
  accounts: readonly KnownAccount[]
  /** Who trusts this browser. */
  trusted: readonly TrustedDevice[]
  application: KnownApplication | null
  parameters: AuthRequestParameters
  organizationId: OrganizationId | null
  /** Where an account of one's own would be made; null when nobody is about to. */
  place: RegistrationPlace | null
  facts: LoginFacts
  subject: Subject | null
  step: LoginStep
}

type Progress = Pick<
  LoginFacts,
  'typed' | 'lockedUntil' | 'chosen' | 'freshAccount' | 'atPicker' | 'ceremony' | 'resetIsProven' | 'passkeyOfferTo'
> & {
  createdAt: number
  consented: boolean
}

/** A request that has just arrived: `prompt=create` begins a registration (Initiating User Registration via OpenID Connect 1.0). */
export const untouched = (createdAt: number, { prompts }: Pick<AuthRequestParameters, 'prompts'>): Progress => ({
  createdAt,
  typed: null,
  lockedUntil: null,
  chosen: null,
  freshAccount: false,
  atPicker: false,
  ceremony: prompts.includes('create') ? newRegistration(null) : null,
  resetIsProven: false,
  passkeyOfferTo: null,
  consented: false,
})

/** The rules of a registration are read where somebody is about to register, and cost nobody else a read. */
export function placeFor(
  deps: Deps,
  { prompts }: Pick<AuthRequestParameters, 'prompts'>,
  { ceremony, organizationId }: { ceremony: Ceremony | null; organizationId: OrganizationId | null },
  tx?: Executor,
): Promise<RegistrationPlace | null> | null {
  const isAsked = prompts.includes('create') || ceremony?.kind === 'registration'
  return isAsked ? findPlace(deps, organizationId, tx) : null
}

/** Read where one of these policies lets a browser be trusted, and costs nobody else a read. */
export function trustedIn(
  { repositories }: Deps,
  device: Pick<Device, 'id'> | null,
  about: readonly { policy: LoginPolicy }[],
  tx?: Executor,
): Promise<readonly TrustedDevice[]> | readonly TrustedDevice[] {
  const isPossible = about.some(({ policy }) => policy.trustedDeviceLifetime > 0)
  return device && isPossible ? repositories.trustedDevices.listOfDevice(device.id, tx) : []
}

type Situation = Pick<
  LoginContext,
  'device' | 'accounts' | 'trusted' | 'application' | 'parameters' | 'organizationId' | 'place'
>

/** Facts from rows that were read in the transaction which acts on the step; then the step. */
export function contextOf(deps: Pick<Deps, 'clock' | 'home'>, situation: Situation, progress: Progress): LoginContext {
  const { accounts, trusted, application, parameters, organizationId, place } = situation
  const consented = (userId: string) => accounts.find(({ user }) => user.id === userId)?.consentedScopes ?? []
  const facts: LoginFacts = {
    now: deps.clock.now(),
    request: {
      createdAt: progress.createdAt,
      prompts: new Set(parameters.prompts),
      maxAge: parameters.maxAge === null ? null : parameters.maxAge * 1000,
      requiredAssurance: parameters.requiredAssurance,
      organizationId,
      isAtHome: deps.home !== null,
      subject: parameters.subject,
      loginHint: parameters.loginHint,
      isForDevice: (parameters.device ?? null) !== null,
      isOwn: application === null,
    },
    accounts,
    trusted,
    typed: progress.typed,
    lockedUntil: progress.lockedUntil,
    chosen: progress.chosen,
    freshAccount: progress.freshAccount,
    atPicker: progress.atPicker,
    ceremony: progress.ceremony,
    resetIsProven: progress.resetIsProven,
    passkeyOfferTo: progress.passkeyOfferTo,
    registrationIsOpen: place?.isOpen ?? false,
    consent: {
      given: progress.consented,
      required: (user) =>
        application !== null && needsConsent(application, parameters.scopes, user.organizationId, consented(user.id)),
    },
  }
  return { ...situation, facts, subject: subjectOf(facts), step: nextStep(facts) }
}
