import { arrive, signIn } from '../flows/sign-in.ts'
import { passkeyButton } from '../screens/passkey-button.ts'
import { ulla } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { addVirtualAuthenticator, withoutAutofill } from '../support/virtual-authenticator.ts'

test('P6 right after a password the browser makes a passkey by itself: nobody is asked, the owner is told, and it signs in from then on', async ({
  page,
  world,
  ledger,
}) => {
  await withoutAutofill(page)
  await addVirtualAuthenticator(page, { createsByItself: true })
  const request = await arrive(page, ledger)
  await signIn(page, ulla)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims, 'it is no check of this login').toMatchObject({ acr: 'aal1', amr: ['pwd'] })
  expect((await world.mail.next(ulla.email, 'factor_added')).text).toContain('/not-me#')

  await page.context().clearCookies()
  const again = await arrive(page, ledger)
  await passkeyButton(page).button.click()
  expect((await ledger.redeem(again, await ledger.answer(page, again))).claims).toMatchObject({ acr: 'phr' })
})
