import type { Page } from '@playwright/test'
import { deviceScreen } from '../screens/device.ts'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

type Waiting = { device_code: string; user_code: string; verification_uri: string; verification_uri_complete: string }

const post = async (address: string, form: Record<string, string>) =>
  fetch(address, { method: 'POST', body: new URLSearchParams({ client_id: 'television', ...form }) })

/** A television asks to be let in. */
export async function switchOn(origin: string, scope = 'openid email'): Promise<Waiting> {
  const response = await post(`${origin}/oauth/v2/device_authorization`, { scope })
  return (await response.json()) as Waiting
}

/** What it hears when it asks: its tokens, or why it has none. */
export async function hear(
  origin: string,
  { device_code }: Waiting,
): Promise<{ error?: string; access_token?: string }> {
  const response = await post(`${origin}/oauth/v2/token`, { grant_type: DEVICE_GRANT, device_code })
  return (await response.json()) as { error?: string; access_token?: string }
}

/** Types the code that it shows. */
export async function enterUserCode(page: Page, code: string): Promise<void> {
  await deviceScreen(page).code.fill(code)
  await page.keyboard.press('Enter')
}
