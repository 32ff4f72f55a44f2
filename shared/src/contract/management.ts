import { createRoute, z } from '@hono/zod-openapi'
import { POLICY_SOURCES } from '../policies.ts'
import { own } from './me.ts'
import { body, json, problems } from './problems.ts'

/** What any route of managers may answer. An organization where somebody has no role is not there for them. */
export const managed = [...own, 'forbidden', 'not_found'] as const
export const changing = [...managed, 'reauth_required', 'idempotency_key_reused'] as const

export const organization = z.string().max(64)
/** A change that needs no word besides its address, and what is answered where nothing is left to show. */
export const nothing = body(z.strictObject({}))
export const gone = {
  200: { description: 'whether there was something to end', ...json(z.object({ done: z.boolean() })) },
} as const
/** One of POLICY_KINDS; another is not found. */
const kind = z.string().max(40)
const ofOrganization = { params: z.object({ organization, kind }) }
const ofInstance = { params: z.object({ kind }) }

/** A whole policy; what it is made of depends on its kind (`POLICIES`). What is left out has its default. */
const policy = z.record(z.string(), z.unknown())
const resolved = {
  200: {
    description: 'the policy that counts, and whose it is',
    ...json(z.object({ value: policy, source: z.enum(POLICY_SOURCES) })),
  },
} as const

const POLICY = '/api/v1/organizations/{organization}/policies/{kind}'
const INSTANCE_POLICY = '/api/v1/instance/policies/{kind}'

export const getPolicy = createRoute({
  tags: ['Policies'],
  summary: 'The policy that counts in an organization',
  method: 'get',
  path: POLICY,
  request: ofOrganization,
  responses: { ...resolved, ...problems(...managed) },
})

/** Gives the organization a policy of its own, whole: what it had of this kind is replaced. */
export const setPolicy = createRoute({
  tags: ['Policies'],
  summary: 'Give an organization a policy of its own',
  method: 'put',
  path: POLICY,
  request: { ...ofOrganization, ...body(policy) },
  responses: { ...resolved, ...problems(...changing) },
})

/** Back to the policy of the instance. */
export const inheritPolicy = createRoute({
  tags: ['Policies'],
  summary: 'Back to the policy of the instance',
  method: 'delete',
  path: POLICY,
  request: ofOrganization,
  responses: { ...resolved, ...problems(...changing) },
})

export const getInstancePolicy = createRoute({
  tags: ['Policies'],
  summary: 'The policy of the instance',
  method: 'get',
  path: INSTANCE_POLICY,
  request: ofInstance,
  responses: { ...resolved, ...problems(...managed) },
})

export const setInstancePolicy = createRoute({
  tags: ['Policies'],
  summary: 'Set the policy of the instance',
  method: 'put',
  path: INSTANCE_POLICY,
  request: { ...ofInstance, ...body(policy) },
  responses: { ...resolved, ...problems(...changing) },
})

/** Back to what the product comes with. */
export const inheritInstancePolicy = createRoute({
  tags: ['Policies'],
  summary: 'Back to what the product comes with',
  method: 'delete',
  path: INSTANCE_POLICY,
  request: ofInstance,
  responses: { ...resolved, ...problems(...changing) },
})

/** Ends a lock, whoever or whatever began it. */
export const unlockUser = createRoute({
  tags: ['Users'],
  summary: 'End a lock',
  method: 'post',
  path: '/api/v1/organizations/{organization}/users/{user}/unlock',
  request: { params: z.object({ organization, user: z.string().max(64) }), ...body(z.strictObject({})) },
  responses: {
    200: { description: 'whether there was a lock or a failure', ...json(z.object({ unlocked: z.boolean() })) },
    ...problems(...changing),
  },
})

const deadLetter = z.object({
  id: z.string(),
  channel: z.string(),
  kind: z.string(),
  to: z.string(),
  /** Why the last attempt failed. */
  fault: z.string(),
  attempts: z.int(),
  /** ISO 8601. */
  createdAt: z.string(),
})

/** Messages that nobody tries to send any more, newest first, without what they said. */
export const listDeadLetters = createRoute({
  tags: ['Messages'],
  summary: 'What could not be sent',
  method: 'get',
  path: '/api/v1/organizations/{organization}/dead-letters',
  request: { params: z.object({ organization }) },
  responses: {
    200: { description: 'at most fifty', ...json(z.object({ messages: z.array(deadLetter) })) },
    ...problems(...managed),
  },
})

export const managementRoutes = {
  getPolicy,
  setPolicy,
  inheritPolicy,
  getInstancePolicy,
  setInstancePolicy,
  inheritInstancePolicy,
  unlockUser,
  listDeadLetters,
}
