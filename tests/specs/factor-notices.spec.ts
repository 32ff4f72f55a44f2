import { enterSecond } from '../flows/second-factor.ts'
import { signIn } from '../flows/sign-in.ts'
import { secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { careful } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { totpCode } from '../support/totp.ts'
import { startWorld } from '../support/world.ts'

const [cora] = careful

test('every second factor that is added or removed on the security page is told by mail, with its name and a way to say it was somebody else', async ({
  page,
}) => {
  const world = await startWorld()
  await page.goto(`${world.origin}/account/security`)
  await signIn(page, cora)
  const room = securityScreen(page)
  const screen = secondFactorScreen(page)
  const { next, list } = world.mail
  /** The next mail of this kind names this factor, and nothing that opens anything. */
  const told = async (kind: 'factor_added' | 'factor_removed', way: string, step: () => Promise<void>) => {
    const known = await list(cora.email)
    await step()
    const { text } = await next(cora.email, kind, known)
    expect(text).toContain(`Way: ${way}`)
    expect(text).toContain('/not-me#')
  }
  const byCode = async (name: string, to: string) => {
    const known = await list(to)
    await room.add(name).click()
    await screen.send.click()
    await enterSecond(page, (await next(to, 'login_code', known)).code!)
    await expect(room.said).toHaveText(`${name} is set up.`)
  }
  const remove = async (name: string) => {
    await room.remove(name).click()
    await room.confirm.click()
    await expect(room.said).toHaveText(`${name} is removed.`)
  }

  await told('factor_added', 'Authenticator app', async () => {
    await room.add('Authenticator app').click()
    await enterSecond(page, totpCode((await screen.secret.textContent()) ?? ''))
    await room.kept.click()
  })
  await told('factor_added', 'Codes by email', () => byCode('Code by email', cora.email))
  await told('factor_added', 'Codes by text message', () => byCode('Code by text message', cora.phone!))
  await told('factor_added', 'Recovery codes', async () => {
    await page.getByRole('button', { name: 'Make new codes' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Make new codes' }).click()
    await expect(room.codes).toHaveCount(10)
    await room.kept.click()
  })
  for (const name of ['Code by text message', 'Code by email', 'Authenticator app'])
    await told('factor_removed', name.replace('Code by', 'Codes by'), () => remove(name))
  await world.stop()
})
