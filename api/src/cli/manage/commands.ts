/** What a managing command may be told besides the things it is about. */
export type ManageOptions = {
  json?: boolean
  organization?: string
  state?: string
  limit?: string
  after?: string
  name?: string
  'given-name'?: string
  'family-name'?: string
  'setup-link'?: boolean
  'keep-previous'?: boolean
  user?: string
  since?: string
  until?: string
}

type Command = { operands: number; options: readonly (keyof ManageOptions)[] }

const page = ['json', 'limit', 'after'] as const
const one = { operands: 1, options: ['json'] } as const
const person = { operands: 1, options: ['json', 'organization'] } as const

/** What managers do at `/api/v1`, for whoever runs the server. What each does is in actions.ts, which is loaded when one is called. */
export const MANAGE_COMMANDS = {
  'organization list': { operands: 0, options: [...page, 'state'] },
  'organization create': { operands: 1, options: ['json', 'name'] },
  'organization deactivate': one,
  'organization reactivate': one,
  'user list': { operands: 0, options: [...page, 'organization', 'state'] },
  'user show': person,
  'user create': { operands: 1, options: [...person.options, 'given-name', 'family-name', 'setup-link'] },
  'user deactivate': person,
  'user reactivate': person,
  'user lock': person,
  'user delete': person,
  'user sessions': person,
  'user sign-out': person,
  'user factors': person,
  'user factor delete': { ...person, operands: 2 },
  'service-user list': { operands: 0, options: [...page, 'organization', 'state'] },
  'service-user create': { operands: 1, options: ['json', 'organization', 'name'] },
  'service-user deactivate': one,
  'service-user reactivate': one,
  'service-user delete': one,
  'service-user key list': one,
  'service-user key delete': { ...one, operands: 2 },
  'service-user token list': one,
  'service-user token delete': { ...one, operands: 2 },
  'application list': { operands: 0, options: [...page, 'organization', 'state'] },
  'application show': one,
  'application secret': { operands: 1, options: ['json', 'keep-previous'] },
  'application delete': one,
  'event list': { operands: 0, options: [...page, 'organization', 'user', 'since', 'until'] },
} as const satisfies Record<string, Command>

export type ManageCommand = keyof typeof MANAGE_COMMANDS
