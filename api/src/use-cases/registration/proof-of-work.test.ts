import type { Proof } from '@vestibule/shared/login-step-registration.ts'
import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { expect, test } from 'vitest'
import { expectProblem } from '../../testing/answers.ts'
import type { Browser } from '../../testing/browser.ts'
import { mailsOf, openForm, sendForm } from '../../testing/registration.ts'
import { createScene } from '../../testing/scene.ts'

/** Somebody at a form that wants work done. */
async function atWork() {
  const scene = await createScene()
  await scene.world.setPolicy('registration', { proofOfWork: true })
  return { ...scene, request: await openForm(scene.browser) }
}

async function work(browser: Browser, request: string): Promise<Proof> {
  const { step } = await browser.step(request)
  if (step.kind !== 'register' || !step.challenge) throw new Error('no work to do')
  const { counter, derivedKey } = (await solveChallenge({ challenge: step.challenge, deriveKey }))!
  return { challenge: step.challenge, solution: { counter, derivedKey } }
}

test('work that was done lets the form through, once', async () => {
  const { browser, request } = await atWork()
  const proof = await work(browser, request)
  expect((await sendForm(browser, request, { proof })).status).toBe(200)
  await browser.post(`/api/login/${request}/registration-change`, {})
  await expectProblem(await sendForm(browser, request, { proof }), 400, 'proof_of_work_required')
  expect((await sendForm(browser, request, { proof: await work(browser, request) })).status).toBe(200)
})

test('of two that bring the same work at the same moment, one counts', async () => {
  const { browser, request } = await atWork()
  const proof = await work(browser, request)
  const both = [sendForm(browser, request, { proof }), sendForm(browser, request, { proof })]
  const statuses = (await Promise.all(both)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
})

test('a form that is not right yet spends no work', async () => {
  const { browser, request } = await atWork()
  const proof = await work(browser, request)
  await expectProblem(await sendForm(browser, request, { proof, email: 'no' }), 400, 'invalid_input')
  expect((await sendForm(browser, request, { proof })).status).toBe(200)
})

test('missing, forged, too old, or another request’s: refused, and nothing is sent', async () => {
  const { browser, request, world, clock } = await atWork()
  const elsewhere = await work(browser, await openForm(browser))
  const proof = await work(browser, request)
  const { challenge, solution } = proof
  const easier = { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '' } }
  const forged = [
    undefined,
    null,
    elsewhere,
    { challenge: easier, solution },
    { challenge, solution: { ...solution, counter: solution.counter + 1 } },
    { challenge: { ...challenge, signature: 'f'.repeat(64) }, solution },
  ]
  for (const other of forged)
    await expectProblem(await sendForm(browser, request, { proof: other }), 400, 'proof_of_work_required')
  clock.advance(1_800)
  await expectProblem(await sendForm(browser, request, { proof }), 400, 'proof_of_work_required')
  expect(await mailsOf(world)).toEqual([])
})

test('where nobody asks for work there is none, and none is looked at', async () => {
  const { browser } = await createScene()
  const request = await openForm(browser)
  expect((await browser.step(request)).step).toMatchObject({ kind: 'register', challenge: null })
  expect((await sendForm(browser, request)).status).toBe(200)
})
