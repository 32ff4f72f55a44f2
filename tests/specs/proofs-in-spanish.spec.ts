import { closeBrowser } from '../flows/browsers.ts'
import { enterSecond, keepCodes } from '../flows/second-factor.ts'
import { arrive, signIn } from '../flows/sign-in.ts'
import { secondFactorScreen } from '../screens/second-factor.ts'
import { createApplication } from '../support/application.ts'
import { careful } from '../support/people.ts'
import { expect, test } from '../support/test.ts'
import { startWorld } from '../support/world.ts'

const [cora] = careful
const SPANISH = { ui_locales: 'es' }

test('en español: un código por SMS, mal escrito y bien, las demás formas, y un código de recuperación que sirve una vez', async ({
  page,
}) => {
  const world = await startWorld()
  const ledger = createApplication(world.origin, world.relyingParty, 'ledger')
  const screen = secondFactorScreen(page)
  const begun = await arrive(page, ledger, { ...SPANISH, acr_values: 'aal2' })
  await signIn(page, cora)
  await expect(screen.heading).toHaveText('Añade una segunda comprobación')
  await expect(screen.reasons).toHaveText('Ledger pide dos comprobaciones.')
  await screen.method('Código por SMS').click()
  await screen.submit.click()
  const sms = await world.mail.next(cora.phone!, 'login_code')
  expect(sms).toMatchObject({ channel: 'sms' })
  await enterSecond(page, sms.code === '000000' ? '000001' : '000000')
  await expect(screen.error).toHaveText('Ese código no es correcto. Te quedan 4 intentos.')
  await expect(screen.code).toBeFocused()
  // as it was in the message, with all that stood around it
  await enterSecond(page, sms.text)
  await expect(screen.heading).toHaveText('Guarda tus códigos de recuperación')
  const [recovery = ''] = await keepCodes(page)
  await ledger.answer(page, begun)

  const comeAgain = async () => {
    await closeBrowser(page)
    const request = await arrive(page, ledger, SPANISH)
    await signIn(page, cora)
    await expect(screen.heading).toHaveText('Una comprobación más')
    await screen.otherWay.click()
    await expect(screen.methods).toHaveText([/^Código por SMS/, /^Código de recuperación/])
    await screen.method('Código de recuperación').click()
    await enterSecond(page, ` ${recovery.toLowerCase().replaceAll('-', ' ')} `)
    return request
  }
  const request = await comeAgain()
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
  expect((await world.mail.next(cora.email, 'recovery_code_used')).text).toContain('9')
  await comeAgain()
  await expect(screen.error).toHaveText('Ese código no es correcto. Compruébalo e inténtalo de nuevo.')
  await world.stop()
})
