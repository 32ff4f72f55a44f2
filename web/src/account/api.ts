import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query'
import type { activityRoutes } from '@vestibule/shared/contract/activity.ts'
import type { appearanceRoutes } from '@vestibule/shared/contract/appearance.ts'
import type { applicationsRoutes } from '@vestibule/shared/contract/applications.ts'
import type { avatarRoutes } from '@vestibule/shared/contract/avatar.ts'
import type { contactRoutes } from '@vestibule/shared/contract/contacts.ts'
import type { deletionRoutes } from '@vestibule/shared/contract/deletion.ts'
import type { meRoutes } from '@vestibule/shared/contract/me.ts'
import type { notMeRoutes } from '@vestibule/shared/contract/not-me.ts'
import type { ownDataRoutes } from '@vestibule/shared/contract/own-data.ts'
import type { ownFactorRoutes } from '@vestibule/shared/contract/own-factors.ts'
import type { ownPasskeyRoutes } from '@vestibule/shared/contract/own-passkeys.ts'
import type { ownPasswordRoutes } from '@vestibule/shared/contract/own-password.ts'
import type { ownTrustedDeviceRoutes } from '@vestibule/shared/contract/own-trusted-devices.ts'
import type { passkeyLinkRoutes } from '@vestibule/shared/contract/passkey-link.ts'
import type { passwordSetupRoutes } from '@vestibule/shared/contract/password-setup.ts'
import type { profileRoutes } from '@vestibule/shared/contract/profile.ts'
import { createCall } from '../call.ts'
import { ProblemAnswer } from '../problem-answer.ts'

/** Whose pages these are, said with every call: another tab may have opened somebody else's meanwhile. */
let account: string | null = null
export function speakFor(id: string | null) {
  account = id
}

type OwnRoutes = typeof meRoutes &
  typeof profileRoutes &
  typeof appearanceRoutes &
  typeof applicationsRoutes &
  Pick<typeof avatarRoutes, 'removeAvatar'> &
  typeof contactRoutes &
  typeof passwordSetupRoutes &
  typeof ownPasskeyRoutes &
  typeof passkeyLinkRoutes &
  typeof ownPasswordRoutes &
  typeof ownFactorRoutes &
  typeof ownTrustedDeviceRoutes &
  typeof activityRoutes &
  typeof notMeRoutes &
  typeof deletionRoutes &
  typeof ownDataRoutes

export const ownHeaders = (): Record<string, string> => (account === null ? {} : { 'vestibule-account': account })

export const call = createCall<OwnRoutes>(ownHeaders)

/** Only what may pass by itself is tried again: an answer with a code is an answer. */
const mayPass = (error: Error) =>
  error instanceof ProblemAnswer && (error.code === 'unreachable' || error.code === 'temporarily_unavailable')

export const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && mayPass(error),
        staleTime: 10_000,
        // whoever comes back to a tab finds it as it was
        refetchOnWindowFocus: false,
      },
    },
  })

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => call('get /api/me') })
export const ownPasswordQuery = queryOptions({ queryKey: ['password'], queryFn: () => call('get /api/me/password') })
export const passkeysQuery = queryOptions({ queryKey: ['passkeys'], queryFn: () => call('get /api/me/passkeys') })
export const factorsQuery = queryOptions({ queryKey: ['factors'], queryFn: () => call('get /api/me/factors') })
export const trustedQuery = queryOptions({
  queryKey: ['trusted'],
  queryFn: () => call('get /api/me/trusted-devices'),
})
export const profileQuery = queryOptions({ queryKey: ['profile'], queryFn: () => call('get /api/me/profile') })
export const applicationsQuery = queryOptions({
  queryKey: ['applications'],
  queryFn: async () => (await call('get /api/me/applications')).applications,
})
export const contactsQuery = queryOptions({ queryKey: ['contacts'], queryFn: () => call('get /api/me/contacts') })
export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async () => (await call('get /api/me/accounts')).accounts,
})
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await call('get /api/me/sessions')).sessions,
})
export const activityQuery = infiniteQueryOptions({
  queryKey: ['activity'],
  queryFn: ({ pageParam }) => call('get /api/me/activity', { query: pageParam === null ? {} : { before: pageParam } }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }) => next,
})
/** The link of the mail about a deletion was pressed. */
export const keepAccount = (token: string) => call('post /api/undo-deletion', { body: { token } })
/** The link of a notice was pressed. */
export const sayNotMe = (token: string) => call('post /api/not-me', { body: { token } })
/** Whom a set-up link is for, and the rules. It was looked at once: what it says does not change while somebody types. */
/** Asked for again and again while a link waits for another device. Milliseconds. */
const WATCH = 3_000
export const passkeyLinkQuery = queryOptions({
  queryKey: ['passkey-link'],
  queryFn: () => call('get /api/me/passkeys/link'),
  refetchInterval: WATCH,
  gcTime: 0,
  staleTime: 0,
})
export const linkedAccountQuery = (token: string | null) =>
  queryOptions({
    queryKey: ['passkey-link', token],
    queryFn: () => call('post /api/passkey-link/look', { body: { token: token ?? '' } }),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
export const setupQuery = (token: string | null) =>
  queryOptions({
    queryKey: ['setup', token],
    queryFn: () => call('post /api/password-setup/look', { body: { token: token ?? '' } }),
    enabled: token !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
