import { closeBrowser } from '../flows/browsers.ts'
import { arrive, signIn } from '../flows/sign-in.ts'
import { anyScreen } from '../screens/page.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { passkeysScreen } from '../screens/passkeys.ts'
import { createApplication } from '../support/application.ts'
import { ada, ben } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'
import { startWorld } from '../support/world.ts'

/** Seconds. */
const [HOUR, DAY] = [3_600, 86_400]

test('a passkey counts for twelve hours and is asked for again, in German; an application sees when it was shown', async ({
  page,
}) => {
  await withoutAutofill(page)
  const world = await startWorld()
  const ledger = createApplication(world.origin, world.relyingParty, 'ledger')
  await addVirtualAuthenticator(page)
  await page.goto(`${world.origin}/account/passkeys`)
  await signIn(page, ada)
  await passkeysScreen(page).add.click()
  await expect(passkeysScreen(page).cards).toHaveCount(1)
  await closeBrowser(page)

  const first = await arrive(page, ledger)
  await passkeyButton(page).button.click()
  const shown = await ledger.redeem(first, await ledger.answer(page, first))
  await world.restart({ aheadBy: 11 * HOUR })
  const within = await arrive(page, ledger)
  const same = await ledger.redeem(within, await ledger.answer(page, within))
  expect(same.claims).toMatchObject({ acr: 'phr', auth_time: shown.claims.auth_time })

  await world.restart({ aheadBy: 13 * HOUR })
  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('login_required')
  const after = await arrive(page, ledger, { ui_locales: 'de', login_hint: ada.email })
  await expect(anyScreen(page).reasons).toHaveText(/\S/)
  await page.getByRole('button', { name: 'Mit einem Passkey anmelden' }).click()
  const again = await ledger.redeem(after, await ledger.answer(page, after))
  expect(Number(again.claims.auth_time) - Number(shown.claims.auth_time)).toBeGreaterThanOrEqual(13 * HOUR)
  await world.stop()
})

test('a password counts for ten days', async ({ page }) => {
  const world = await startWorld()
  const ledger = createApplication(world.origin, world.relyingParty, 'ledger')
  const first = await arrive(page, ledger)
  await signIn(page, ben)
  await ledger.answer(page, first)
  await world.restart({ aheadBy: 9 * DAY })
  await ledger.answer(page, await arrive(page, ledger))
  await world.restart({ aheadBy: 10 * DAY + 60 })
  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('login_required')
  await world.stop()
})
