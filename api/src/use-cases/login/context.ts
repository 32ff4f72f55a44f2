import type { Deps, Device, KnownAccount, KnownApplication } from '../../deps.ts'
import type { AuthRequestParameters } from '../../domain/auth-request.ts'
import { needsConsent } from '../../domain/consent.ts'
import type { OrganizationId } from '../../domain/ids.ts'
import type { LoginFacts } from '../../domain/login/facts.ts'
import { nextStep } from '../../domain/login/next-step.ts'
import type { LoginStep } from '../../domain/login/steps.ts'
import { type Subject, subjectOf } from '../../domain/login/subject.ts'

/** Everything a step of the login is decided and drawn from. */
export type LoginContext = {
  device: Device | null
  accounts: readonly KnownAccount[]
  application: KnownApplication | null
  parameters: AuthRequestParameters
  organizationId: OrganizationId | null
  facts: LoginFacts
  subject: Subject | null
  step: LoginStep
}

type Progress = Pick<LoginFacts, 'typed' | 'lockedUntil' | 'chosen' | 'freshAccount' | 'atPicker'> & {
  createdAt: number
  consented: boolean
}

/** A request that has just arrived. */
export const untouched = (createdAt: number): Progress => ({
  createdAt,
  typed: null,
  lockedUntil: null,
  chosen: null,
  freshAccount: false,
  atPicker: false,
  consented: false,
})

type Situation = Pick<LoginContext, 'device' | 'accounts' | 'application' | 'parameters' | 'organizationId'>

/** Facts from rows that were read in the transaction which acts on the step; then the step. */
export function contextOf(deps: Pick<Deps, 'clock'>, situation: Situation, progress: Progress): LoginContext {
  const { accounts, application, parameters, organizationId } = situation
  const consented = (userId: string) => accounts.find(({ user }) => user.id === userId)?.consentedScopes ?? []
  const facts: LoginFacts = {
    now: deps.clock.now(),
    request: {
      createdAt: progress.createdAt,
      prompts: new Set(parameters.prompts),
      maxAge: parameters.maxAge === null ? null : parameters.maxAge * 1000,
      requiredAssurance: parameters.requiredAssurance,
      organizationId,
      subject: parameters.subject,
      loginHint: parameters.loginHint,
      isOwn: application === null,
    },
    accounts,
    typed: progress.typed,
    lockedUntil: progress.lockedUntil,
    chosen: progress.chosen,
    freshAccount: progress.freshAccount,
    atPicker: progress.atPicker,
    consent: {
      given: progress.consented,
      required: (user) =>
        application !== null && needsConsent(application, parameters.scopes, user.organizationId, consented(user.id)),
    },
  }
  return { ...situation, facts, subject: subjectOf(facts), step: nextStep(facts) }
}
