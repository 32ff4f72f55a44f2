export type PasskeyAbility = { keepsPasskeys?: boolean; createsPasskeys?: boolean }

/** What a browser with passkeys says of itself where one may be made. In any other, nothing is loaded for it. */
export const passkeyAbility = async (): Promise<PasskeyAbility> =>
  typeof PublicKeyCredential === 'function'
    ? import('../webauthn.ts').then(({ abilities }) => abilities()).catch(() => ({}))
    : {}
