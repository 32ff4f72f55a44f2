declare module 'passport-openidconnect' {
  import type { Strategy as Base } from 'passport'

  type Options = Record<
    'issuer' | 'authorizationURL' | 'tokenURL' | 'userInfoURL' | 'clientID' | 'clientSecret' | 'callbackURL',
    string
  > & {
    scope: string[]
    skipUserProfile: boolean
  }
  export type Profile = { id: string; displayName: string; emails?: { value: string }[] }
  type Verify = (issuer: string, profile: Profile, done: (error: unknown, user: Profile) => void) => void
  export default class Strategy implements Base {
    constructor(options: Options, verify: Verify)
    name: string
    authenticate(this: Base, request: never, options?: never): void
  }
}
