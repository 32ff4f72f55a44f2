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
  }: { transport?: 'internal' | 'usb'; hasResidentKey?: boolean; hasUserVerification?: boolean } = {},
) {
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
