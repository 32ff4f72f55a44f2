import type { Page } from '@playwright/test'

/**
 * A passkey provider that says yes, for this page. It must be there, and willing, before the page asks: autofill that began without never ends. Chromium
 * knows no others here: what it cannot do, it refuses at once.
 */
export async function addVirtualAuthenticator(
  page: Page,
  {
    transport = 'internal',
    hasResidentKey = true,
    hasUserVerification = true,
    createsByItself = false,
  }: {
    transport?: 'internal' | 'usb'
    hasResidentKey?: boolean
    hasUserVerification?: boolean
    createsByItself?: boolean
  } = {},
) {
  await page.addInitScript(answerByItself, createsByItself)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport,
      hasResidentKey,
      hasUserVerification,
      isUserVerified: hasUserVerification,
      automaticPresenceSimulation: true,
    },
  })
  return {
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    setUserVerified: (isUserVerified: boolean) =>
      cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** Whether somebody is there to touch it. */
    setPresence: (enabled: boolean) =>
      cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    forget: () => cdp.send('WebAuthn.clearCredentials', { authenticatorId }),
  }
}

/** A browser that offers no passkeys beside the name: there is a button for them. */
export const withoutAutofill = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)
  })

/**
 * What a password manager does for whoever used what it keeps (`mediation: 'conditional'`). Chromium has none in tests: beside a virtual authenticator
 * such a request is never answered, and so the browser says that it makes none. With `createsByItself` it does, and the authenticator is asked.
 */
function answerByItself(createsByItself: boolean) {
  const { credentials } = navigator
  const create = credentials.create.bind(credentials)
  credentials.create = ({ mediation, ...options }: CredentialCreationOptions & { mediation?: string } = {}) =>
    create(mediation === 'conditional' && createsByItself ? options : { ...options, ...(mediation && { mediation }) })
  const ask = PublicKeyCredential.getClientCapabilities.bind(PublicKeyCredential)
  PublicKeyCredential.getClientCapabilities = async () => ({ ...(await ask()), conditionalCreate: createsByItself })
}
