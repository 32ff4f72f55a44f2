import { expect } from '@playwright/test'
import { accountScreen, passwordRoomScreen, sessionsScreen } from '../screens/account.ts'
import { applicationsScreen } from '../screens/applications.ts'
import { consentScreen } from '../screens/consent.ts'
import { contactScreen } from '../screens/contacts.ts'
import { deviceScreen } from '../screens/device.ts'
import { deniedScreen, errorScreen } from '../screens/endings.ts'
import { identifyScreen } from '../screens/identify.ts'
import { activityScreen, dataScreen, pressScreen } from '../screens/own-data.ts'
import { passkeyOfferScreen } from '../screens/passkey-offer.ts'
import { enrollScreen, passkeyLinkSection, passkeysScreen } from '../screens/passkeys.ts'
import { passwordScreen } from '../screens/password.ts'
import { pickerScreen } from '../screens/picker.ts'
import { profileScreen } from '../screens/profile.ts'
import { codeToTypeScreen, emailCodeScreen, finishRegistrationScreen, registerScreen } from '../screens/registration.ts'
import { newPasswordScreen, resetCodeScreen, resetLinkScreen } from '../screens/reset.ts'
import { secondFactorScreen, securityScreen } from '../screens/second-factor.ts'
import { setupScreen } from '../screens/setup.ts'
import { signedOutScreen, signOutScreen } from '../screens/sign-out.ts'
import { leaver } from '../support/people.ts'
import { largeBitmap } from '../support/pictures.ts'
import { addVirtualAuthenticator } from '../support/virtual-authenticator.ts'
import { enterUserCode, switchOn } from './device.ts'
import { leave } from './leave.ts'
import { arriveToRegister, enterCode, fillIn, newcomer, sentTo } from './registration.ts'
import { choosePassword, enterResetCode, forget } from './reset.ts'
import { closePrompts, registerWithApp, returnWithApp, trustHere } from './second-factor.ts'
import { setupLink } from './setup.ts'
import { arrive, enterPassword, failUntilLocked, identify, signIn, signInAll, signInTo } from './sign-in.ts'
import type { Visit } from './visit.ts'

type Way = (visit: Visit) => Promise<void>

/** Every screen, by name, with the way to it in a browser that nobody has used yet. A way ends when its screen is seen. */
export const TOUR: Record<string, Way> = {
  async identify({ page, home, wishes }) {
    await arrive(page, home, wishes)
    await expect(identifyScreen(page).identifier).toBeFocused()
  },
  async 'identify: nothing typed'({ page, home, wishes }) {
    await arrive(page, home, wishes)
    await identifyScreen(page).next.click()
    await expect(identifyScreen(page).fieldError).toBeVisible()
  },
  async register({ page, home, wishes }) {
    await arriveToRegister(page, home, wishes)
    await expect(registerScreen(page).field('givenName')).toBeFocused()
  },
  async 'register: not filled in'({ page, home, wishes }) {
    await arriveToRegister(page, home, wishes)
    await registerScreen(page).submit.click()
    await expect(page.locator('.summary')).toBeFocused()
  },
  async 'register: every field'({ page, home }) {
    await arriveToRegister(page, home, { scope: 'openid urn:vestibule:org:domain:primary:guild.test' })
    await expect(page.locator('[role=status].hint')).toContainText(/\S/, { timeout: 20_000 })
  },
  async device({ page, world }) {
    await page.goto(`${world.origin}/device`)
    await expect(deviceScreen(page).code).toBeFocused()
  },
  async 'device: confirm'({ page, world, people }) {
    const { user_code, verification_uri } = await switchOn(world.origin)
    await page.goto(verification_uri)
    await enterUserCode(page, user_code)
    await signIn(page, people[0])
    await expect(deviceScreen(page).shown).toHaveText(user_code)
  },
  async 'device: connected'({ page, world }) {
    await page.goto(`${world.origin}/device/approved`)
    await expect(deviceScreen(page).heading).toBeVisible()
  },
  async 'device: refused'({ page, world }) {
    await page.goto(`${world.origin}/device/refused`)
    await expect(deviceScreen(page).heading).toBeVisible()
  },
  async 'email code'({ page, home, wishes, world }) {
    const person = newcomer()
    await arriveToRegister(page, home, wishes)
    await fillIn(page, person)
    await sentTo(page, world, person.email)
  },
  async 'email code: wrong'(visit) {
    await TOUR['email code']?.(visit)
    await enterCode(visit.page, 'no code')
    await expect(emailCodeScreen(visit.page).error).toBeVisible()
  },
  async 'register: a passkey to make'({ page, world, home, wishes }) {
    const { newPassword: _, ...person } = newcomer()
    await arriveToRegister(page, home, wishes)
    await fillIn(page, person, registerScreen(page).byPasskey)
    await enterCode(page, (await sentTo(page, world, person.email)).code)
    await expect(finishRegistrationScreen(page).create).toBeVisible()
  },
  async 'register: a password after all'(visit) {
    await TOUR['register: a passkey to make']?.(visit)
    await finishRegistrationScreen(visit.page).other.click()
    await expect(finishRegistrationScreen(visit.page).newPassword).toBeVisible()
  },
  async 'passkey offer'(visit) {
    const { page, world, home, wishes } = visit
    await addVirtualAuthenticator(page)
    const person = newcomer()
    await arriveToRegister(page, home, wishes)
    await fillIn(page, person)
    await enterCode(page, (await sentTo(page, world, person.email)).code)
    await expect(passkeyOfferScreen(page).create).toBeVisible()
  },
  async 'verify: a code to type'({ page, world }) {
    await page.goto(`${world.origin}/verify#req_${'0'.repeat(32)}.123456`)
    await expect(codeToTypeScreen(page).code).toHaveText('123456')
  },
  async 'verify: a link without its code'({ page, world }) {
    await page.goto(`${world.origin}/verify`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is incomplete')
  },
  async password({ page, home, wishes, people: [person] }) {
    await arrive(page, home, wishes)
    await identify(page, person.email)
  },
  async 'password: wrong'({ page, home, wishes, people: [person] }) {
    await arrive(page, home, wishes)
    await identify(page, person.email)
    await enterPassword(page, 'not the password')
    await expect(passwordScreen(page).fieldError).toBeVisible()
  },
  async 'password: locked'({ page, home, wishes }) {
    await arrive(page, home, wishes)
    await identify(page, `somebody${Date.now()}@acme.test`)
    await failUntilLocked(page)
  },
  async 'password: asked again'({ page, home, wishes, people: [person] }) {
    await signInTo(page, home, person, wishes)
    await arrive(page, home, { ...wishes, prompt: 'login' })
    await expect(passwordScreen(page).reasons).toBeVisible()
  },
  async 'reset code'({ page, world, home, wishes, people: [person] }) {
    await forget(page, world, home, person, wishes)
  },
  async 'reset code: wrong'(visit) {
    await TOUR['reset code']?.(visit)
    await enterResetCode(visit.page, 'no code')
    await expect(resetCodeScreen(visit.page).error).toBeVisible()
  },
  async 'new password'({ page, world, home, wishes, people: [person] }) {
    const { message } = await forget(page, world, home, person, wishes)
    await enterResetCode(page, message.code)
    await expect(newPasswordScreen(page).newPassword).toBeFocused()
  },
  async 'new password: common'(visit) {
    await TOUR['new password']?.(visit)
    await choosePassword(visit.page, 'password1234')
    await expect(newPasswordScreen(visit.page).error).toBeVisible()
  },
  async 'reset: a link where somebody waits'({ page, world, home, wishes, people: [person] }) {
    const { message } = await forget(page, world, home, person, wishes)
    await page.goto(message.link ?? '')
    await expect(resetLinkScreen(page).goOn).toBeVisible()
  },
  async 'reset: a link without its token'({ page, world }) {
    await page.goto(`${world.origin}/reset`)
    await expect(resetLinkScreen(page).badLink).toBeVisible()
  },
  async 'change password'({ page, home, wishes, newHire }) {
    await arrive(page, home, wishes)
    await signIn(page, newHire)
    await expect(newPasswordScreen(page).newPassword).toBeFocused()
  },
  async picker({ page, home, wishes, people }) {
    await signInAll(page, home, people, wishes)
    await arrive(page, home, { ...wishes, prompt: 'select_account' })
    await expect(pickerScreen(page).accounts).toHaveCount(people.length)
  },
  async 'picker: manage'(visit) {
    await TOUR.picker?.(visit)
    await pickerScreen(visit.page).manage.click()
    await expect(pickerScreen(visit.page).manageHeading).toBeFocused()
  },
  async consent({ page, notary, wishes, people: [person] }) {
    await arrive(page, notary, { ...wishes, scope: `${wishes.scope} phone address offline_access` })
    await signIn(page, person)
    await expect(consentScreen(page).heading).toBeFocused()
  },
  async denied({ page, home, wishes, locked }) {
    await arrive(page, home, wishes)
    await signIn(page, locked)
    await expect(deniedScreen(page).heading).toBeFocused()
  },
  async 'sign-out: whom'({ page, home, wishes, people }) {
    await signInAll(page, home, people, wishes)
    await page.goto(home.signOut({ client_id: home.clientId, post_logout_redirect_uri: 'https://evil.test/' }))
    await expect(signOutScreen(page).heading).toBeVisible()
  },
  async 'signed out'({ page, home, wishes, people }) {
    const [first] = await signInAll(page, home, people, wishes)
    await page.goto(home.signOut({ id_token_hint: first?.id_token ?? '' }))
    await expect(signedOutScreen(page).remaining).toHaveCount(people.length - 1)
  },
  async error({ page, home, wishes }) {
    await page.goto(home.begin({ ...wishes, redirect_uri: 'https://evil.test/' }).url)
    await expect(errorScreen(page).trace).toBeVisible()
  },
  async account({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account`)
    await signIn(page, person)
    await expect(accountScreen(page).heading).toBeVisible()
  },
  async 'account: the menu'({ page, world, home, people, wishes }) {
    await signInAll(page, home, people, wishes)
    await page.goto(`${world.origin}/account`)
    await pickerScreen(page).accounts.first().click()
    await accountScreen(page).menu.click()
    await expect(accountScreen(page).useAnother).toBeVisible()
  },
  async 'account: a room that is not there'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account`)
    await signIn(page, person)
    await expect(accountScreen(page).heading).toBeVisible()
    await page.goto(`${world.origin}/account/nothing`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  },
  async 'account: profile'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/profile`)
    await signIn(page, person)
    await expect(profileScreen(page).field('displayName')).toBeVisible()
  },
  async 'account: profile with mistakes'(visit) {
    await TOUR['account: profile']?.(visit)
    const screen = profileScreen(visit.page)
    await screen.field('displayName').fill('')
    await screen.field('website').fill('x')
    await screen.field('birthDay').fill('31')
    await screen.save.click()
    await expect(screen.summary).toBeFocused()
  },
  async 'account: a picture that is chosen'(visit) {
    await TOUR['account: profile']?.(visit)
    const { picture } = profileScreen(visit.page)
    await picture.file.setInputFiles({ name: 'me.bmp', mimeType: 'image/bmp', buffer: largeBitmap() })
    await expect(picture.take).toBeVisible()
  },
  async 'account: no picture'(visit) {
    await TOUR['account: profile']?.(visit)
    const { picture } = profileScreen(visit.page)
    await picture.file.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('none') })
    await expect(picture.error).toBeVisible()
  },
  async 'account: email'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/email`)
    await signIn(page, person)
    await expect(contactScreen(page).value).toBeVisible()
  },
  async 'account: email, the code'(visit) {
    await TOUR['account: email']?.(visit)
    const screen = contactScreen(visit.page)
    await screen.value.fill('somebody@elsewhere.test')
    await screen.send.click()
    await screen.code.fill('1')
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
  },
  async 'account: phone'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/phone`)
    await signIn(page, person)
    await expect(contactScreen(page).value).toBeVisible()
  },
  async 'account: username'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/username`)
    await signIn(page, person)
    await expect(contactScreen(page).username).toBeVisible()
  },
  async 'second factor: to set up'({ page, home, wishes, people: [person] }) {
    await arrive(page, home, { ...wishes, acr_values: 'aal2' })
    await signIn(page, person)
    await expect(secondFactorScreen(page).methods.first()).toBeVisible()
  },
  async 'second factor: an app to set up'(visit) {
    await TOUR['second factor: to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.methods.first().click()
    await expect(screen.qr).toBeVisible()
  },
  async 'second factor: a security key to set up'(visit) {
    await TOUR['second factor: to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.methods.nth(1).click()
    await expect(screen.submit).toBeVisible()
  },
  async 'second factor: no security key'(visit) {
    await TOUR['second factor: a security key to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await closePrompts(visit.page)
    await screen.submit.click()
    await expect(screen.said).toBeVisible()
  },
  async 'second factor: a code by mail'(visit) {
    await TOUR['second factor: to set up']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.methods.nth(2).click()
    await screen.submit.click()
    await screen.code.fill('1')
    await visit.page.keyboard.press('Enter')
    await expect(screen.error).toBeVisible()
  },
  async 'second factor: to check'(visit) {
    await returnWithApp(visit)
  },
  async 'second factor: other ways'(visit) {
    await TOUR['second factor: to check']?.(visit)
    const screen = secondFactorScreen(visit.page)
    await screen.otherWay.click()
    await expect(screen.methods).toHaveCount(2)
  },
  async 'recovery codes'(visit) {
    await registerWithApp(visit)
  },
  async 'account: security with factors and trusted devices'(visit) {
    const { secret } = await returnWithApp(visit)
    const { page, home, world } = visit
    await trustHere(page, secret)
    await expect(page).toHaveURL((url) => url.href.startsWith(home.redirectUri))
    await page.goto(`${world.origin}/account/security`)
    await expect(securityScreen(page).sections.first()).toBeVisible()
  },
  async 'account: security'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/security`)
    await signIn(page, person)
    await expect(securityScreen(page).sections.first()).toBeVisible()
  },
  async 'account: a security key to set up'(visit) {
    await TOUR['account: security']?.(visit)
    const screen = securityScreen(visit.page)
    await screen.ways.nth(1).click()
    await expect(screen.submit).toBeVisible()
  },
  async 'account: password'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/password`)
    await signIn(page, person)
    await expect(passwordRoomScreen(page).newPassword).toBeVisible()
  },
  async 'account: password, a wrong one'(visit) {
    await TOUR['account: password']?.(visit)
    const screen = passwordRoomScreen(visit.page)
    await screen.currentPassword.fill('not the password')
    await screen.newPassword.fill('seven quiet lanterns')
    await screen.save.click()
    await expect(screen.errors).toBeVisible()
  },
  async 'account: passkeys'({ page, world, people }) {
    // who has a passkey meets no set-up of a second factor, so it is not the first of them
    const person = people.at(-1) ?? people[0]
    await addVirtualAuthenticator(page)
    await page.goto(`${world.origin}/account/passkeys`)
    await signIn(page, person)
    const screen = passkeysScreen(page)
    await expect(screen.section).toBeVisible()
    // one is enough for all who come by
    if ((await screen.cards.count()) === 0) await screen.add.click()
    await expect(screen.cards.first()).toBeVisible()
  },
  async 'account: a passkey for another device'(visit) {
    await TOUR['account: passkeys']?.(visit)
    await passkeyLinkSection(visit.page).make.click()
    await expect(passkeyLinkSection(visit.page).qr).toBeVisible()
  },
  async 'passkey link'(visit) {
    await TOUR['account: a passkey for another device']?.(visit)
    const link = (await passkeyLinkSection(visit.page).link.textContent()) ?? ''
    await visit.page.goto('about:blank')
    await visit.page.goto(link)
    await expect(enrollScreen(visit.page).create).toBeVisible()
  },
  async 'passkey link: one that is over'({ page, world }) {
    await page.goto(`${world.origin}/passkey-link`)
    await expect(enrollScreen(page).badLink).toBeVisible()
  },
  async 'account: name a passkey'(visit) {
    await TOUR['account: passkeys']?.(visit)
    await passkeysScreen(visit.page).cards.first().getByRole('button').first().click()
    await expect(passkeysScreen(visit.page).name).toBeFocused()
  },
  async 'account: remove a passkey'(visit) {
    await TOUR['account: passkeys']?.(visit)
    await passkeysScreen(visit.page).cards.first().getByRole('button').last().click()
    await expect(passkeysScreen(visit.page).dialog).toBeVisible()
  },
  async 'account: applications'({ page, world, notary, wishes, people: [, person] }) {
    const request = await arrive(page, notary, {
      ...wishes,
      scope: `${wishes.scope} offline_access`,
      prompt: 'consent',
    })
    await signIn(page, person!)
    await consentScreen(page).allow.click()
    await notary.answer(page, request)
    await page.goto(`${world.origin}/account/applications`)
    await expect(applicationsScreen(page).row('Notary')).toBeVisible()
  },
  async 'account: stop an application'(visit) {
    await TOUR['account: applications']?.(visit)
    await applicationsScreen(visit.page).stop('Notary').click()
    await expect(applicationsScreen(visit.page).confirm).toBeVisible()
  },
  async 'account: rooms'({ page, world, people }) {
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${world.origin}/account`)
    await signIn(page, people[0])
    await accountScreen(page).rooms.getByRole('button').click()
    await expect(accountScreen(page).room('Sessions')).toBeVisible()
  },
  async 'account: sessions'({ page, world, people: [person] }) {
    const elsewhere = await page.context().browser()?.newContext()
    for (const tab of [await elsewhere?.newPage(), page]) {
      if (!tab) throw new Error('no browser')
      await tab.goto(`${world.origin}/account/sessions`)
      await signIn(tab, person)
      await expect(sessionsScreen(tab).elsewhere).toBeVisible()
    }
    await elsewhere?.close()
  },
  async 'account: end a session'(visit) {
    await TOUR['account: sessions']?.(visit)
    const { end, dialog } = sessionsScreen(visit.page)
    await end.first().click()
    await expect(dialog).toBeVisible()
  },
  async 'account: activity'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/activity`)
    await signIn(page, person)
    await expect(activityScreen(page).rows.first()).toBeVisible()
  },
  async 'account: this was not me'(visit) {
    await TOUR['account: activity']?.(visit)
    await activityScreen(visit.page).notMe.click()
    await expect(activityScreen(visit.page).secure).toBeVisible()
  },
  async 'account: data'({ page, world, people: [person] }) {
    await page.goto(`${world.origin}/account/data`)
    await signIn(page, person)
    await expect(dataScreen(page).delete).toBeVisible()
  },
  async 'account: delete it'(visit) {
    await TOUR['account: data']?.(visit)
    const screen = dataScreen(visit.page)
    await screen.delete.click()
    await screen.loginName.fill('somebody else')
    await screen.confirm.click()
    await expect(screen.error).toBeVisible()
  },
  async 'account: about to go'({ page, world }) {
    await leave(page, world, leaver)
  },
  async 'deletion planned'({ page, world, home, wishes }) {
    await leave(page, world, leaver)
    await page.context().clearCookies()
    await arrive(page, home, { ...wishes, scope: 'openid' })
    await signIn(page, leaver)
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  },
  async 'link: keep the account'({ page, world }) {
    await page.goto(`${world.origin}/undo-deletion#vl_unknown`)
    await expect(pressScreen(page).press).toBeVisible()
  },
  async 'link: keep the account, too late'(visit) {
    await TOUR['link: keep the account']?.(visit)
    await pressScreen(visit.page).press.click()
    await expect(pressScreen(visit.page).onwards).toBeVisible()
  },
  async 'link: this was not me'({ page, world }) {
    await page.goto(`${world.origin}/not-me#vl_unknown`)
    await expect(pressScreen(page).press).toBeVisible()
  },
  async 'link: this was not me, used before'(visit) {
    await TOUR['link: this was not me']?.(visit)
    await pressScreen(visit.page).press.click()
    await expect(pressScreen(visit.page).onwards).toBeVisible()
  },
  async setup({ page, world }) {
    await page.goto(setupLink(world))
    await expect(setupScreen(page).newPassword).toBeFocused()
  },
  async 'setup: rules not met'(visit) {
    await TOUR.setup?.(visit)
    await setupScreen(visit.page).save.click()
    await expect(setupScreen(visit.page).fieldError).toBeVisible()
  },
  async 'setup: a link without its token'({ page, world }) {
    await page.goto(`${world.origin}/setup`)
    await expect(setupScreen(page).badLink).toBeVisible()
  },
}
