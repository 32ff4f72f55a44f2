import { arrive, signIn } from '../flows/sign-in.ts'
import { applicationsScreen } from '../screens/applications.ts'
import { vera } from '../support/people.ts'
import { expect, test } from '../support/test.ts'

for (const [locale, allow, none] of [
  ['en-GB', 'Allow', 'No application uses your account.'],
  ['fr-FR', 'Autoriser', 'Aucune application n’utilise votre compte.'],
] as const)
  test(`${locale}: an application that was agreed to is listed, stopped, and asks again`, async ({
    browser,
    baseURL,
    notary,
    world,
  }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    const wishes = { scope: 'openid email offline_access' }
    const request = await arrive(page, notary, wishes)
    await signIn(page, vera)
    await page.getByRole('button', { name: allow }).click()
    const tokens = await notary.redeem(request, await notary.answer(page, request))

    await page.goto('/account/applications')
    const screen = applicationsScreen(page)
    await expect(screen.row('Notary')).toBeVisible()
    await expect(screen.rows).toHaveCount(1)
    await screen.stop('Notary').click()
    await screen.confirm.click()
    await expect(page.getByText(none)).toBeVisible()

    const headers = { authorization: `Bearer ${tokens.access_token}` }
    expect((await fetch(`${world.origin}/oidc/v1/userinfo`, { headers })).status).toBe(401)
    await arrive(page, notary, wishes)
    await expect(page.getByRole('button', { name: allow })).toBeVisible()
    await context.close()
  })
