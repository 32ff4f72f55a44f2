import type { activityRoutes } from '@vestibule/shared/contract/activity.ts'
import type { appearanceRoutes } from '@vestibule/shared/contract/appearance.ts'
import type { applicationsRoutes } from '@vestibule/shared/contract/applications.ts'
import type { avatarRoutes } from '@vestibule/shared/contract/avatar.ts'
import type { contactRoutes } from '@vestibule/shared/contract/contacts.ts'
import type { deletionRoutes } from '@vestibule/shared/contract/deletion.ts'
import type { deviceRoutes } from '@vestibule/shared/contract/device.ts'
import type { languageRoutes } from '@vestibule/shared/contract/language.ts'
import type { loginRoutes } from '@vestibule/shared/contract/login.ts'
import type { loginPasskeyRoutes, passkeyOptionsRoutes } from '@vestibule/shared/contract/login-passkey.ts'
import type { keyOptionsRoutes, loginKeyRoutes } from '@vestibule/shared/contract/login-security-key.ts'
import type { meRoutes } from '@vestibule/shared/contract/me.ts'
import type { notMeRoutes } from '@vestibule/shared/contract/not-me.ts'
import type { ownDataRoutes } from '@vestibule/shared/contract/own-data.ts'
import type { ownFactorRoutes } from '@vestibule/shared/contract/own-factors.ts'
import type { ownPasskeyRoutes } from '@vestibule/shared/contract/own-passkeys.ts'
import type { ownPasswordRoutes } from '@vestibule/shared/contract/own-password.ts'
import type { ownTrustedDeviceRoutes } from '@vestibule/shared/contract/own-trusted-devices.ts'
import type { resetRoutes } from '@vestibule/shared/contract/password-reset.ts'
import type { passwordSetupRoutes } from '@vestibule/shared/contract/password-setup.ts'
import type { profileRoutes } from '@vestibule/shared/contract/profile.ts'
import type { registrationRoutes } from '@vestibule/shared/contract/registration.ts'
import type { Body, Codes, Output } from '@vestibule/shared/contract/route.ts'
import type { secondFactorRoutes } from '@vestibule/shared/contract/second-factors.ts'
import type { signOutRoutes } from '@vestibule/shared/contract/sign-out.ts'
import { PROBLEM_STATUS, type ProblemBody, type ProblemCode } from '@vestibule/shared/problem.ts'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import type { Keyed } from '../call.ts'

export const server = setupServer()

type AllRoutes = Keyed<
  typeof loginRoutes &
    typeof loginPasskeyRoutes &
    typeof passkeyOptionsRoutes &
    typeof loginKeyRoutes &
    typeof keyOptionsRoutes &
    typeof registrationRoutes &
    typeof resetRoutes &
    typeof ownFactorRoutes &
    typeof ownTrustedDeviceRoutes &
    typeof secondFactorRoutes &
    typeof ownPasskeyRoutes &
    typeof ownPasswordRoutes &
    typeof languageRoutes &
    typeof signOutRoutes &
    typeof deviceRoutes &
    typeof meRoutes &
    typeof profileRoutes &
    typeof appearanceRoutes &
    typeof applicationsRoutes &
    typeof avatarRoutes &
    typeof contactRoutes &
    typeof passwordSetupRoutes &
    typeof activityRoutes &
    typeof notMeRoutes &
    typeof deletionRoutes &
    typeof ownDataRoutes
>
type Everywhere = 'invalid_input' | 'too_many_attempts' | 'temporarily_unavailable' | 'internal' | 'csrf_failed'
type Refusal<R> = {
  refuse: Omit<ProblemBody, 'code'> & {
    code: Codes<R & { method: string; path: string; responses: object }> | Everywhere
  }
}
type Reply<R> = Output<R> | Refusal<R> | 'unreachable'

/**
 * What an endpoint answers, typed by its record: a body, a refusal with one of its codes, or no answer at all. The last of several
 * replies stays. Returns the bodies that arrived, in order.
 */
export function when<Key extends keyof AllRoutes & string>(
  key: Key,
  ...replies: [Reply<AllRoutes[Key]>, ...Reply<AllRoutes[Key]>[]]
) {
  const received: Body<AllRoutes[Key]>['output'][] = []
  const [method, template] = key.split(' ') as ['get' | 'post' | 'patch', string]
  server.use(
    http[method](`*${template.replace(/\{(\w+)\}/g, ':$1')}`, async ({ request }) => {
      const reply = replies[Math.min(received.length, replies.length - 1)]!
      received.push((method === 'get' ? undefined : await request.json()) as (typeof received)[number])
      if (reply === 'unreachable') return HttpResponse.error()
      if (!isRefusal(reply)) return HttpResponse.json(reply as object)
      const status = PROBLEM_STATUS[reply.refuse.code as ProblemCode]
      return HttpResponse.json(reply.refuse, { status, headers: { 'content-type': 'application/problem+json' } })
    }),
  )
  return received
}

const isRefusal = (reply: unknown): reply is { refuse: ProblemBody } =>
  typeof reply === 'object' && reply !== null && 'refuse' in reply
