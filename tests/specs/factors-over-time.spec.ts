import { closeBrowser } from '../flows/browsers.ts'
import { choosePassword, enterResetCode, forget, NEW_PASSWORD } from '../flows/reset.ts'
import { enterSecond, keepCodes, setUpApp } from '../flows/second-factor.ts'
import { arrive, enterPassword, signIn } from '../flows/sign-in.ts'
import { accountScreen } from '../screens/account.ts'
import { secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { createApplication } from '../support/application.ts'
import { configuration, QUIET_LOGIN } from '../support/configuration.ts'
import { careful } from '../support/people.ts'
import { startRelyingParty } from '../support/relying-party.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'
import { totpCode } from '../support/totp.ts'

const [cora, curt, cilla, cem, caro] = careful
/** Seconds. */
const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400]
const TWO = { acr_values: 'aal2' }

/** A server of one test, whose clock moves, with this login policy for Acme, which offers nothing unless it says so. */
async function serve(login: object) {
  const relyingParty = await startRelyingParty()
  const wanted = (policy: object) =>
    configuration(relyingParty.origin, { policies: { login: { ...QUIET_LOGIN, ...policy } } })
  const server = await startServer(wanted(login))
  return {
    ...server,
    ledger: createApplication(server.origin, relyingParty, 'ledger'),
    setPolicy: (policy: object) => server.apply(wanted(policy)),
    async end() {
      await server.stop()
      await relyingParty.close()
    },
  }
}

for (const { by, channel, method, to } of [
  { by: 'text message', channel: 'sms', method: 'sms', to: cora.phone! },
  { by: 'email', channel: 'email', method: 'email', to: cora.email },
])
  test(`a code by ${by} is set up and asked for: a new one ends the one before, and each is over after its minutes`, async ({
    page,
  }) => {
    const { ledger, mail, restart, end } = await serve({})
    const first = await arrive(page, ledger, TWO)
    await signIn(page, cora)
    const screen = secondFactorScreen(page)
    await screen.method(`Code by ${by}`).click()
    await screen.send.click()
    const one = await mail.next(to, 'login_code')
    expect(one.channel).toBe(channel)
    await enterSecond(page, '000000')
    await expect(screen.error).toContainText('4')
    await enterSecond(page, one.code!)
    await keepCodes(page)
    await ledger.answer(page, first)

    await closeBrowser(page)
    const request = await arrive(page, ledger)
    await signIn(page, cora)
    await screen.send.click()
    const two = await mail.next(to, 'login_code', [one])
    await restart({ aheadBy: MINUTE })
    await page.reload()
    await screen.resend.click()
    await expect(screen.resent).toBeVisible()
    const three = await mail.next(to, 'login_code', [one, two])
    await enterSecond(page, two.code!)
    await expect(screen.error).toContainText('4')
    await restart({ aheadBy: 12 * MINUTE })
    await enterSecond(page, three.code!)
    await expect(screen.error).toHaveText('That code doesn’t work any more. Ask for a new one.')
    await page.reload()
    await screen.resend.click()
    await expect(screen.resent).toBeVisible()
    const four = await mail.next(to, 'login_code', [one, two, three])
    await enterSecond(page, four.code!)
    const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
    expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', method, 'mfa'] })
    await end()
  })

test('whoever holds nothing is offered a second factor, "not now" counts for thirty days, and where the policy says 0 nobody is asked', async ({
  page,
}) => {
  const { ledger, restart, setPolicy, end } = await serve({})
  const screen = secondFactorScreen(page)
  const comeAgain = async () => {
    await closeBrowser(page)
    const request = await arrive(page, ledger)
    await signIn(page, curt)
    return request
  }
  await ledger.answer(page, await comeAgain())
  // what the product does where no policy says anything
  await setPolicy({ enrollmentSkipLifetime: undefined })
  const offered = await comeAgain()
  await screen.notNow.click()
  await ledger.answer(page, offered)
  await ledger.answer(page, await comeAgain())
  await restart({ aheadBy: 29 * DAY })
  await ledger.answer(page, await comeAgain())
  await restart({ aheadBy: 31 * DAY })
  await comeAgain()
  await expect(screen.notNow).toBeVisible()
  await end()
})

test('M1 where the policy says always whoever holds nothing sets one up first: not by coming again, not on the account pages, and silently not at all', async ({
  page,
}) => {
  const { ledger, mail, origin, end } = await serve({ forceSecondFactor: 'always' })
  const screen = secondFactorScreen(page)
  await arrive(page, ledger)
  await signIn(page, caro)
  await expect(screen.methods.first()).toBeVisible()
  for (const place of [page.url(), `${origin}/account`, ledger.begin().url]) {
    await page.goto(place)
    await expect(screen.reasons).toHaveText('Your organization asks everybody for two checks.')
    await expect(screen.notNow).toHaveCount(0)
  }
  const silent = await arrive(page, ledger, { prompt: 'none' })
  expect((await ledger.answer(page, silent)).parameters.get('error')).toBe('interaction_required')

  const request = await arrive(page, ledger)
  await screen.method('Code by email').click()
  await screen.send.click()
  await enterSecond(page, (await mail.next(caro.email, 'login_code')).code!)
  await keepCodes(page)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'email', 'mfa'] })
  await page.goto(`${origin}/account`)
  await expect(accountScreen(page).heading).toContainText(caro.givenName)
  await end()
})

test('a set-up that is forced can not be put off; the second check lives 18 hours, and max_age is asked of both', async ({
  page,
}) => {
  const { ledger, restart, setPolicy, end } = await serve({ forceSecondFactor: 'local_only' })
  const screen = secondFactorScreen(page)
  const later = (seconds: number) => restart({ aheadBy: seconds })
  const codeAfter = (seconds: number) => totpCode(secret, seconds / 30)
  const first = await arrive(page, ledger)
  await signIn(page, cilla)
  await expect(screen.reasons).toHaveText('Your organization asks everybody for two checks.')
  await expect(screen.methods.first()).toBeVisible()
  await expect(screen.notNow).toBeHidden()
  const secret = await setUpApp(page)
  await keepCodes(page)
  await ledger.answer(page, first)
  await setPolicy({ forceSecondFactor: 'always' })

  await later(17 * HOUR)
  const within = await arrive(page, ledger)
  await ledger.answer(page, within)
  await later(19 * HOUR)
  const after = await arrive(page, ledger)
  await expect(screen.reasons.last()).toHaveText('Your last second check was a while ago.')
  await enterSecond(page, codeAfter(19 * HOUR))
  const old = await ledger.redeem(after, await ledger.answer(page, after))
  expect(old.claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })

  await later(20 * HOUR)
  const young = await arrive(page, ledger, { max_age: '600' })
  await enterPassword(page)
  await enterSecond(page, codeAfter(20 * HOUR))
  const { claims } = await ledger.redeem(young, await ledger.answer(page, young))
  expect(Number(claims.auth_time) - Number(old.claims.auth_time)).toBeGreaterThan(19 * HOUR)
  await end()
})

test('after a reset a second check is still asked for: the one used last first, and a recovery code when all else is lost', async ({
  page,
  ledger,
  world,
}) => {
  await page.goto('/account/security')
  await signIn(page, cem)
  const room = securityScreen(page)
  const screen = secondFactorScreen(page)
  await room.add('Authenticator app').click()
  await enterSecond(page, totpCode((await screen.secret.textContent()) ?? ''))
  await expect(room.codes).toHaveCount(10)
  const [code = ''] = await room.codes.allTextContents()
  await room.kept.click()
  await room.add('Code by email').click()
  await screen.send.click()
  await enterSecond(page, (await world.mail.next(cem.email, 'login_code')).code!)
  await expect(room.said).toHaveText('Code by email is set up.')

  await closeBrowser(page)
  const { request, message } = await forget(page, world, ledger, cem)
  await enterResetCode(page, message.code)
  await choosePassword(page)
  await enterPassword(page, NEW_PASSWORD)
  await expect(screen.send).toBeVisible()
  await screen.other.click()
  await expect(screen.methods).toHaveText([/^Code by email/, /^Authenticator app/, /^Recovery code/])
  await screen.method('Recovery code').click()
  await enterSecond(page, code)
  const { claims } = await ledger.redeem(request, await ledger.answer(page, request))
  expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'mfa'] })
})
