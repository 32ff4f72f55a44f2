import { describe, expect, test } from 'vitest'
import { type Lies, SoftAuthenticator } from '../../../scripts/authenticator/soft-authenticator.ts'
import { createWebauthn } from './webauthn.ts'

const ORIGIN = 'https://login.acme.test'
const challengeOf = (sign: string) => Buffer.alloc(32, sign).toString('base64url')
const ASKED = { challenge: challengeOf('a'), requireUserVerification: true }
const HANDLE = Buffer.alloc(32, 'h').toString('base64url')

const webauthn = createWebauthn({ publicOrigin: ORIGIN, issuer: ORIGIN, relatedOrigins: [] })

/** What is wrong with an answer, whatever it answers. */
const WRONG: [string, Lies][] = [
  ['N089 WAUTHN - for another origin', { origin: 'https://evil.test' }],
  ['N089 WAUTHN - without encryption', { origin: 'http://login.acme.test' }],
  ['N089 WAUTHN - for another port', { origin: 'https://login.acme.test:8443' }],
  ['N089 WAUTHN - for a sub-domain', { origin: 'https://a.login.acme.test' }],
  ['N091 WAUTHN - for the place of somebody else', { rpId: 'evil.test' }],
  ['N091 WAUTHN - for a place above ours', { rpId: 'acme.test' }],
  ['N088 WAUTHN - for another challenge', { challenge: challengeOf('b') }],
  ['in a frame of another place', { crossOrigin: true }],
  ['in a frame that says where it is', { crossOrigin: true, topOrigin: 'https://evil.test' }],
  ['N093 WAUTHN - when nobody was there', { userPresent: false }],
  ['N092 WAUTHN - when nobody was recognised', { userVerified: false }],
]

const creation = (authenticator: SoftAuthenticator, lies?: Lies) =>
  authenticator.create({ challenge: ASKED.challenge, rp: { id: webauthn.rpID }, user: { id: HANDLE } }, lies)

describe('a new passkey', () => {
  test('is asked for so that it can be found without a name and knows its user', async () => {
    const person = { handle: HANDLE, name: 'ann@acme.test', displayName: 'Ann' }
    const known = [{ credentialId: 'YQ', transports: ['usb'] }]
    const options = await webauthn.creationOptions('passkey', 'Acme', person, { challenge: ASKED.challenge, known })
    expect(options).toMatchObject({
      challenge: ASKED.challenge,
      rp: { id: 'login.acme.test', name: 'Acme' },
      user: { id: HANDLE, name: 'ann@acme.test', displayName: 'Ann' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      excludeCredentials: [{ id: 'YQ', type: 'public-key', transports: ['usb'] }],
    })
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toEqual([-8, -7, -257])
    expect(options.hints).toEqual([])
  })

  test('is something else than a security key: that is a thing of its own, knows no names and asks for a touch', async () => {
    const person = { handle: HANDLE, name: 'ann@acme.test', displayName: 'Ann' }
    const options = await webauthn.creationOptions('security_key', 'Acme', person, { challenge: 'YQ', known: [] })
    expect(options).toMatchObject({
      attestation: 'none',
      authenticatorSelection: {
        residentKey: 'discouraged',
        requireResidentKey: false,
        userVerification: 'discouraged',
        authenticatorAttachment: 'cross-platform',
      },
      hints: ['security-key'],
    })
  })

  test('is kept with its key, and whether it is synced', async () => {
    const synced = await webauthn.verifyRegistration(creation(new SoftAuthenticator(ORIGIN)), ASKED)
    expect(synced).toMatchObject({ counter: 0, transports: ['internal'], isBackupEligible: true, isBackedUp: true })
    const own = await webauthn.verifyRegistration(creation(new SoftAuthenticator(ORIGIN, { counts: true })), ASKED)
    expect(own).toMatchObject({ isBackupEligible: false, isBackedUp: false })
  })

  test.each([
    ...WRONG,
    ['as an answer to something else', { type: 'webauthn.get' }],
    ['N100 WAUTHN - with an algorithm that was not asked for', { algorithm: -47 }],
  ])('%s it is refused', async (_what, lies) => {
    expect(await webauthn.verifyRegistration(creation(new SoftAuthenticator(ORIGIN), lies), ASKED)).toBeNull()
  })

  test('is refused when it is no answer at all', async () => {
    const answer = creation(new SoftAuthenticator(ORIGIN))
    for (const clientDataJSON of ['', '!', 'bnVsbA', 'e30'])
      expect(
        await webauthn.verifyRegistration({ ...answer, response: { ...answer.response, clientDataJSON } }, ASKED),
      ).toBeNull()
    const garbled = { ...answer, response: { ...answer.response, attestationObject: 'oA' } }
    expect(await webauthn.verifyRegistration(garbled, ASKED)).toBeNull()
  })
})

describe('a passkey that is used', () => {
  async function registered(options?: { counts: boolean }) {
    const authenticator = new SoftAuthenticator(ORIGIN, options)
    const known = (await webauthn.verifyRegistration(creation(authenticator), ASKED))!
    const use = (lies?: Lies) => authenticator.get({ challenge: ASKED.challenge, rpId: webauthn.rpID }, lies)
    return { authenticator, known, use }
  }

  test('is asked for without saying who has one', async () => {
    const options = await webauthn.requestOptions(ASKED.challenge)
    expect(options).toMatchObject({ challenge: ASKED.challenge, rpId: 'login.acme.test', userVerification: 'required' })
    expect(options.allowCredentials).toBeUndefined()
  })

  test('may be one of these only, where security keys are named, and none of them has to know its user', async () => {
    const options = await webauthn.requestOptions(ASKED.challenge, [{ credentialId: 'YQ', transports: ['usb'] }])
    expect(options).toMatchObject({
      userVerification: 'discouraged',
      allowCredentials: [{ id: 'YQ', type: 'public-key', transports: ['usb'] }],
    })
  })

  test('proves itself', async () => {
    const { known, use } = await registered()
    expect(await webauthn.verifyAssertion(use(), known, ASKED)).toEqual({
      counter: 0,
      isBackedUp: true,
      userVerified: true,
    })
  })

  test.each([
    ...WRONG,
    ['as an answer to something else', { type: 'webauthn.create' }],
    ['N094 WAUTHN - as another credential than it names', { credentialId: 'YW5vdGhlcg' }],
    ['when it suddenly leaves its device', { backupEligible: false }],
  ])('%s it is refused', async (_what, lies) => {
    const { known, use } = await registered()
    expect(await webauthn.verifyAssertion(use(lies), known, ASKED)).toBeNull()
  })

  test('N094 WAUTHN - is refused when somebody else signed', async () => {
    const { known } = await registered()
    const other = await registered()
    expect(await webauthn.verifyAssertion(other.use({ credentialId: known.credentialId }), known, ASKED)).toBeNull()
  })

  test('N096 WAUTHN - is refused when it counts back or stands still: a copy of it is about', async () => {
    const { known, use } = await registered({ counts: true })
    const used = { ...known, counter: 10 }
    expect(await webauthn.verifyAssertion(use({ counter: 5 }), used, ASKED)).toBeNull()
    expect(await webauthn.verifyAssertion(use({ counter: 10 }), used, ASKED)).toBeNull()
    expect(await webauthn.verifyAssertion(use({ counter: 11 }), used, ASKED)).toMatchObject({ counter: 11 })
  })

  test('N092 WAUTHN - need not know its user where it stands beside another proof', async () => {
    const { known, use } = await registered()
    const asked = { ...ASKED, requireUserVerification: false }
    expect(await webauthn.verifyAssertion(use({ userVerified: false }), known, asked)).toMatchObject({
      userVerified: false,
    })
    expect(await webauthn.verifyAssertion(use({ userVerified: false, userPresent: false }), known, asked)).toBeNull()
  })
})

test('N089 WAUTHN - pages that are named may use them, exactly as they are named, under the name of this place', async () => {
  const [shop, club] = ['https://shop.example', 'https://club.example:8443']
  const related = createWebauthn({ publicOrigin: ORIGIN, issuer: ORIGIN, relatedOrigins: [shop, club, ORIGIN] })
  expect(related.rpID).toBe(webauthn.rpID)
  const authenticator = new SoftAuthenticator(ORIGIN)
  const known = (await related.verifyRegistration(creation(authenticator, { origin: shop }), ASKED))!
  const use = (origin: string) => authenticator.get({ challenge: ASKED.challenge, rpId: related.rpID }, { origin })
  for (const origin of [ORIGIN, shop, club])
    expect(await related.verifyAssertion(use(origin), known, ASKED)).not.toBeNull()
  const others = ['http://shop.example', 'https://shop.example:8443', 'https://club.example', 'https://a.shop.example']
  for (const origin of [...others, 'https://shop.example.evil.test'])
    expect(await related.verifyAssertion(use(origin), known, ASKED)).toBeNull()
  expect(await webauthn.verifyAssertion(use(shop), known, ASKED)).toBeNull()
})

test('N089 WAUTHN - at a login domain what was signed there is good, and nowhere else', async () => {
  const domain = 'https://login.acme.example'
  const there = createWebauthn({ publicOrigin: ORIGIN, issuer: domain, relatedOrigins: [] })
  expect(there.rpID).toBe(webauthn.rpID)
  const authenticator = new SoftAuthenticator(ORIGIN)
  const known = (await webauthn.verifyRegistration(creation(authenticator), ASKED))!
  const use = (origin: string) => authenticator.get({ challenge: ASKED.challenge, rpId: there.rpID }, { origin })
  expect(await there.verifyAssertion(use(domain), known, ASKED)).not.toBeNull()
  expect(await there.verifyAssertion(use(ORIGIN), known, ASKED)).toBeNull()
  expect(await webauthn.verifyAssertion(use(domain), known, ASKED)).toBeNull()
  expect(await webauthn.verifyAssertion(use(ORIGIN), known, ASKED)).not.toBeNull()
})

test('the challenge that an answer names is read, whatever else it is', () => {
  const answer = creation(new SoftAuthenticator(ORIGIN))
  expect(webauthn.challengeIn(answer)).toBe(ASKED.challenge)
  for (const clientDataJSON of ['', '!', 'bnVsbA', 'e30', Buffer.from('{"challenge":1}').toString('base64url')])
    expect(webauthn.challengeIn({ response: { clientDataJSON } })).toBeNull()
})
