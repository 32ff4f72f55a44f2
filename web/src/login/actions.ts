import type { loginRoutes } from '@vestibule/shared/contract/login.ts'
import type { loginPasskeyRoutes } from '@vestibule/shared/contract/login-passkey.ts'
import type { loginKeyRoutes } from '@vestibule/shared/contract/login-security-key.ts'
import type { resetRoutes } from '@vestibule/shared/contract/password-reset.ts'
import type { registrationRoutes } from '@vestibule/shared/contract/registration.ts'
import type { Body } from '@vestibule/shared/contract/route.ts'
import type { secondFactorRoutes } from '@vestibule/shared/contract/second-factors.ts'
import type { LoginAnswer, LoginStepView } from '@vestibule/shared/login-step.ts'
import { createCall, type Keyed } from '../call.ts'
import type { ProblemAnswer } from '../problem-answer.ts'

type Routes = typeof loginRoutes &
  typeof registrationRoutes &
  typeof resetRoutes &
  typeof secondFactorRoutes &
  typeof loginPasskeyRoutes &
  typeof loginKeyRoutes
type LoginRoutes = Keyed<Routes>
type ActionOf<Key> = Key extends `post /api/login/{request}/${infer Action}` ? Action : never
export type Action = ActionOf<keyof LoginRoutes>
type ActionBody<A extends Action> = Body<LoginRoutes[`post /api/login/{request}/${A}`]>['input']

export const call = createCall<Routes>()

/** Performs one action of the contract. What follows is drawn by the page; a screen only hears of a problem it can show, or null. */
export type Send = <A extends Action>(action: A, body: ActionBody<A>) => Promise<ProblemAnswer | null>

/** What a screen gets. It knows its own step and no other. */
export type ScreenProps<Kind extends LoginStepView['kind']> = {
  step: Extract<LoginStepView, { kind: Kind }>
  answer: LoginAnswer
  send: Send
  /** Asks the server for the step as it is now. */
  refresh: () => Promise<unknown>
}

/** Whether somebody who is signed in shows once more that it is them, for their own account pages. */
export const isStepUp = ({ reasons }: LoginAnswer) => reasons.includes('account_asks_again')

/** Whose house the person is on the way to. */
export const placeOf = ({ application, branding }: LoginAnswer) => application?.name ?? branding.name
