import { createPrivateKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { createInstallation } from './testing/terminal.ts'

const file = {
  organizations: [
    { primaryDomain: 'acme.test', name: 'Acme', serviceUsers: [{ clientId: 'robot', name: 'Robot', subject: '42' }] },
  ],
}

async function createRobot() {
  const installation = createInstallation()
  await installation.type(['apply', installation.file(file)])
  return installation
}

test('a key is printed as the file that its program is given, and as nothing else', async () => {
  const { type } = await createRobot()
  const { code, out, err } = await type(['service-user', 'key', 'robot', '--days', '30'])
  expect([code, err]).toEqual([0, ''])
  const { key, ...rest } = JSON.parse(out) as { key: string }
  expect(rest).toEqual({ type: 'serviceaccount', keyId: expect.stringMatching(/^key_/), userId: '42' })
  expect(key).toContain('BEGIN RSA PRIVATE KEY')
  expect(createPrivateKey(key).asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 })
})

test('N184 keys have a limit', async () => {
  const { type, file: write } = await createRobot()
  const { newKey } = await import('../testing/assertions.ts')
  const keys = Array.from({ length: 20 }, (_, at) => ({ id: `key ${at}`.replace(' ', '_'), publicKey: newKey().jwk }))
  const [acme] = file.organizations
  await type(['apply', write({ organizations: [{ ...acme, serviceUsers: [{ ...acme!.serviceUsers[0], keys }] }] })])
  expect(await type(['service-user', 'key', 'robot'])).toEqual({
    code: 2,
    out: '',
    err: 'vestibule: robot has as many as it may have: delete one first.\n',
  })
})

test('a secret and a token are printed once', async () => {
  const { type } = await createRobot()
  expect(await type(['service-user', 'secret', 'robot'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^[\w-]{43}\n$/),
  })
  expect(await type(['service-user', 'token', 'robot', '--scope', 'openid', '--days', '1'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^va_[\w-]{43}\n$/),
  })
})

test.each([
  [['service-user', 'key', 'nobody'], 'no active service user is called nobody.'],
  [['service-user', 'token', 'robot', '--days', '0'], '--days is 1 to 3650.'],
  [['service-user', 'token', 'robot', '--days', 'x'], '--days is 1 to 3650.'],
])('%j is refused', async (args, sentence) => {
  const { type } = await createRobot()
  expect(await type(args)).toEqual({ code: 2, out: '', err: `vestibule: ${sentence}\n` })
})
