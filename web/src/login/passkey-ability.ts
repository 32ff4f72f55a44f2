/** What a browser with passkeys says of itself where one may be offered. In any other, nothing is loaded for it. */
export const passkeyAbility = async (): Promise<{ keepsPasskeys?: boolean }> =>
  typeof PublicKeyCredential === 'function'
    ? import('../webauthn.ts')
        .then(async ({ keepsPasskeys }) => ({ keepsPasskeys: await keepsPasskeys() }))
        .catch(() => ({}))
    : {}
