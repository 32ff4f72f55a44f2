import type { LoginStepView } from '@vestibule/shared/login-step.ts'
import type { LoginEntryPage } from '@vestibule/shared/page.ts'
import type { ComponentType } from 'react'
import { ProblemAnswer } from '../problem-answer.ts'
import type { ScreenProps } from './actions.ts'
import { loadEveryFlow, loadFlow } from './lazy-flows.ts'

type Kind = LoginStepView['kind']
type Screen<K extends Kind> = ComponentType<ScreenProps<K>>

/** Screens that most sign-ins never see: each is loaded before its step is drawn, so that no frame is empty. */
const LOADERS = {
  register: async () => (await import('./screens/register.tsx')).RegisterScreen,
  verify_email: async () => (await import('./screens/verify-email.tsx')).VerifyEmailScreen,
  finish_registration: async () => (await import('./screens/finish-registration.tsx')).FinishRegistrationScreen,
  reset_code: async () => (await import('./screens/reset-code.tsx')).ResetCodeScreen,
  new_password: async () => (await import('./screens/new-password.tsx')).NewPasswordScreen,
  change_password: async () => (await import('./screens/change-password.tsx')).ChangePasswordScreen,
  confirm_device: async () => (await import('./screens/confirm-device.tsx')).ConfirmDeviceScreen,
  offer_passkey: async () => (await import('./screens/offer-passkey.tsx')).OfferPasskeyScreen,
  second_factor: async () => (await import('./screens/second-factor.tsx')).SecondFactorScreen,
  enroll_second_factor: async () => (await import('./screens/enroll-second-factor.tsx')).EnrollSecondFactorScreen,
  recovery_codes: async () => (await import('./screens/recovery-codes.tsx')).RecoveryCodesScreen,
  consent: async () => (await import('./screens/consent.tsx')).ConsentScreen,
  denied: async () => (await import('./screens/denied.tsx')).DeniedScreen,
  deletion_planned: async () => (await import('./screens/deletion-planned.tsx')).DeletionPlannedScreen,
} satisfies { [K in Kind]?: () => Promise<Screen<K>> }

type LazyKind = keyof typeof LOADERS
const isLazy = (kind: Kind): kind is LazyKind => Object.hasOwn(LOADERS, kind)
const loaded: { [K in LazyKind]?: Screen<K> } = {}

/** @throws ProblemAnswer unreachable, when the screen could not be fetched */
export async function loadScreen(kind: Kind): Promise<void> {
  if (!isLazy(kind) || loaded[kind]) return
  const screen = await LOADERS[kind]().catch(() => {
    throw new ProblemAnswer({ code: 'unreachable' })
  })
  Object.assign(loaded, { [kind]: screen })
}

/** Everything that the first page needs besides what every page has. */
export async function loadPage(page: LoginEntryPage): Promise<void> {
  if (page.kind === 'login') await loadScreen(page.answer.step.kind)
  await loadFlow(page.kind)
}

export const loadEveryScreen = () =>
  Promise.all([...(Object.keys(LOADERS) as LazyKind[]).map(loadScreen), loadEveryFlow()])

export const isLazyStep = (step: LoginStepView): step is Extract<LoginStepView, { kind: LazyKind }> => isLazy(step.kind)

/** The screen of a step that `loadScreen` was asked for. What it draws is the step that it is asked with. */
export function lazyScreen(kind: LazyKind): ComponentType<ScreenProps<LazyKind>> {
  const screen = loaded[kind]
  if (!screen) throw new Error('the page was not loaded')
  return screen as ComponentType<ScreenProps<LazyKind>>
}
