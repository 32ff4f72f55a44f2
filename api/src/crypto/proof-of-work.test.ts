import type { Proof } from '@vestibule/shared/login-step-registration.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { expect, test } from 'vitest'
import { createProofOfWork } from './proof-of-work.ts'
import { createRandomPool } from './random-pool.ts'
import { createSecretBox } from './secret-box.ts'

const NOW = 1_000
const boxOf = (key: number) => createSecretBox(Buffer.alloc(32, key), createRandomPool())
const work = createProofOfWork(boxOf(1))

async function solved(place = 'here', until = NOW + 1, by = work): Promise<Proof> {
  const challenge = await by.create(place, until)
  return { challenge, solution: (await solveChallenge({ challenge, deriveKey }))! }
}

test('work that was done counts, under one name', async () => {
  const proof = await solved()
  const { signature } = proof.challenge
  expect(await work.verify(proof, 'here', NOW)).toEqual({ id: signature, until: NOW + 1 })
  expect((await solved()).challenge.signature).not.toBe(signature)
})

test('it counts at its place, until its end', async () => {
  const proof = await solved()
  expect(await work.verify(proof, 'there', NOW)).toBeNull()
  expect(await work.verify(proof, 'here', NOW + 1)).toBeNull()
})

test('work that was not done, or was made easier, does not count', async () => {
  const { challenge, solution } = await solved()
  const with_ = (change: object) => ({
    challenge: { ...challenge, parameters: { ...challenge.parameters, ...change } },
    solution,
  })
  const forged: Proof[] = [
    { challenge, solution: { ...solution, counter: solution.counter + 1 } },
    { challenge, solution: { ...solution, derivedKey: `00${'f'.repeat(62)}` } },
    { challenge, solution: { counter: -1, derivedKey: '00' } },
    with_({ cost: 1 }),
    with_({ keyPrefix: '' }),
    with_({ data: { place: 'here', until: NOW + 1_000_000 } }),
    { challenge: { ...challenge, signature: '0'.repeat(64) }, solution },
    { challenge: { ...challenge, signature: '' }, solution },
    await solved('here', NOW + 1, createProofOfWork(boxOf(2))),
  ]
  for (const proof of forged) expect(await work.verify(proof, 'here', NOW)).toBeNull()
  // the key of another counter, honestly derived, that does not begin as it has to
  const other = await deriveKey(
    challenge.parameters,
    Buffer.from(challenge.parameters.salt, 'hex'),
    Buffer.concat([Buffer.from(challenge.parameters.nonce, 'hex'), Buffer.from([0xff, 0, 0, 0])]),
  )
  const idle = { counter: 0xff000000, derivedKey: Buffer.from(other.derivedKey).toString('hex') }
  if (!idle.derivedKey.startsWith('00'))
    expect(await work.verify({ challenge, solution: idle }, 'here', NOW)).toBeNull()
})
