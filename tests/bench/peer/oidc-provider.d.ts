/** The part of `oidc-provider` the benchmark uses; the package brings no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export type Payload = Record<string, unknown>

  export type Adapter = {
    upsert: (id: string, payload: Payload, expiresIn: number) => Promise<void>
    find: (id: string) => Promise<Payload | undefined>
    findByUid: (uid: string) => Promise<Payload | undefined>
    findByUserCode: (userCode: string) => Promise<Payload | undefined>
    consume: (id: string) => Promise<void>
    destroy: (id: string) => Promise<void>
    revokeByGrantId: (grantId: string) => Promise<void>
  }

  export type Account = { accountId: string; claims: () => Promise<{ sub: string } & Payload> }

  export type Grant = {
    accountId: string
    clientId: string
    addOIDCScope: (scope: string) => void
    save: () => Promise<string>
  }

  export type Interaction = {
    uid: string
    prompt: { name: string; details: { missingOIDCScope?: string[] } }
    params: { client_id: string }
    session?: { accountId: string }
    grantId?: string
  }

  export type Context = {
    oidc: {
      client: { clientId: string }
      session: { accountId: string; grantIdFor: (clientId: string) => string | undefined }
      result?: { consent?: { grantId?: string } }
    }
  }

  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Payload,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this
    Grant: {
      new (of: { accountId: string; clientId: string }): Grant
      find: (id: string) => Promise<Grant | undefined>
    }
  }
}
