import { isLoopback } from './client.ts'

/** Reads the environment. @throws Error with one sentence for whoever starts the application. */
export function readSettings(env: NodeJS.ProcessEnv) {
  const port = Number(env.PORT ?? 3001)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('PORT must be a number from 1 to 65535.')
  if (!env.CLIENT_ID) throw new Error('CLIENT_ID is missing: register this application at the provider first.')
  const publicUrl = address('PUBLIC_URL', env.PUBLIC_URL ?? `http://localhost:${port}`)
  return {
    port,
    publicUrl,
    /** An organization of the provider whose sign-in page is shown by one of the links. */
    otherOrganization: env.OTHER_ORG_DOMAIN ?? 'kruste.test',
    client: {
      issuer: address('ISSUER', env.ISSUER ?? 'http://localhost:3000'),
      clientId: env.CLIENT_ID,
      clientSecret: env.CLIENT_SECRET || undefined,
      redirectUri: new URL('/callback', publicUrl).href,
      signedOutUri: new URL('/signed-out', publicUrl).href,
    },
  }
}

function address(name: string, value: string): URL {
  const url = URL.parse(value)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return url
  throw new Error(`${name} must be an https address; http is for this machine only.`)
}
