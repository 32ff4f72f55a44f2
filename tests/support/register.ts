import { createHash } from 'node:crypto'
import { SECRET } from './people.ts'
import type { Server } from './server.ts'

/** Adds an application to Acme while the product serves. */
export const register = (
  { apply }: Pick<Server, 'apply'>,
  application: {
    clientId: string
    redirectUris: string[]
    postLogoutRedirectUris?: string[]
    type?: string
    grantTypes?: string[]
    settings?: object
  },
): Promise<string> => {
  const { type = 'web', settings, ...rest } = application
  const isPublic = type !== 'web'
  return apply({
    organizations: [
      {
        primaryDomain: 'acme.test',
        name: 'Acme',
        applications: [
          {
            name: application.clientId,
            type,
            ...(isPublic ? {} : { secretSha256: [createHash('sha256').update(SECRET).digest('base64url')] }),
            grantTypes: ['authorization_code', 'refresh_token'],
            settings: { development: true, ...settings },
            ...rest,
          },
        ],
      },
    ],
  })
}
