import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonOf } from '../testing/answers.ts'
import { type Browser, redirectOf } from '../testing/browser.ts'
import { codeByMail, openSecond } from '../testing/factors.ts'
import { mailsOf } from '../testing/registration.ts'
import { authorizePath, redeem } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { verifyJwt } from '../testing/tokens.ts'
import { PASSWORD } from '../testing/world.ts'

test('a code by mail counts for nobody whose address nobody verified', async () => {
  const scene = await createScene()
  const { db, repositories } = scene.deps
  const id = 'crd_00000000000000000000000000000002' as never
  const row = { id, userId: scene.userId, type: 'email_code', secret: '', now: 0 } as const
  await db.transaction((tx) => repositories.credentials.add(tx, row))
  await openSecond(scene.browser)
  await db.query.update(db.tables.identifiers).set({ verifiedAt: null })
  scene.browser.jar.clear()
  const answer = await scene.browser.signIn(await scene.browser.open(authorizePath('ledger')), BOB, PASSWORD)
  expect(answer.step.kind).toBe('redirect')
})

describe('a code by mail', () => {
  const withMail = async () => {
    const scene = await createScene()
    const { db, repositories } = scene.deps
    const id = 'crd_00000000000000000000000000000003' as never
    const row = { id, userId: scene.userId, type: 'email_code', secret: '', now: 0 } as const
    await db.transaction((tx) => repositories.credentials.add(tx, row))
    return scene
  }
  const enter = (browser: Browser, request: string, code: string) =>
    browser.post(`/api/login/${request}/second-code`, { method: 'email_code', code })

  test('is sent to the verified address when it is asked for, and counts', async () => {
    const scene = await withMail()
    const request = await openSecond(scene.browser)
    const [before] = codesIn((await scene.browser.step(request)).step)
    expect(before).toMatchObject({ method: 'email_code', to: 'b••@acme.test', isSent: false })
    const code = await codeByMail(scene, scene.browser, request)
    expect(codesIn((await scene.browser.step(request)).step)[0]).toMatchObject({ isSent: true, triesLeft: 5 })
    const done = await jsonOf<LoginAnswer>(await enter(scene.browser, request, code))
    const { id_token } = await jsonOf(
      await redeem(scene.world, 'ledger', redirectOf(done).searchParams.get('code') ?? ''),
    )
    const { claims } = await verifyJwt(scene, id_token as string)
    expect(claims).toMatchObject({ acr: 'aal2', amr: ['pwd', 'otp', 'email', 'mfa'] })
  })

  test('says how many tries are left, and is dead after five', async () => {
    const scene = await withMail()
    const request = await openSecond(scene.browser)
    const code = await codeByMail(scene, scene.browser, request)
    for (const triesLeft of [4, 3, 2, 1]) {
      scene.clock.advance(30)
      const answer = await enter(scene.browser, request, '000000')
      expect(await jsonOf(answer)).toMatchObject({ code: 'code_wrong', triesLeft })
    }
    scene.clock.advance(30)
    await expectProblem(await enter(scene.browser, request, '000000'), 400, 'code_expired')
    scene.clock.advance(60)
    await expectProblem(await enter(scene.browser, request, code), 400, 'code_expired')
  })

  test('is of the login that asked for it, and of the step that it was asked at', async () => {
    const scene = await withMail()
    const request = await openSecond(scene.browser)
    const code = await codeByMail(scene, scene.browser, request)
    const other = scene.world.browser()
    await expectProblem(await enter(other, await openSecond(other), code), 400, 'code_expired')
  })

  test('proves nothing to who asks for what can not be phished', async () => {
    const scene = await withMail()
    const request = await scene.browser.open(authorizePath('ledger', { acr_values: 'phr' }))
    await scene.browser.signIn(request, BOB, PASSWORD)
    const code = await codeByMail(scene, scene.browser, request)
    const answer = await jsonOf<LoginAnswer>(await enter(scene.browser, request, code))
    expect(JSON.stringify(answer.step)).not.toContain('code=')
  })

  test('is set up by one that arrives', async () => {
    const scene = await createScene()
    await scene.setPolicy('login', { forceSecondFactor: 'always' })
    const request = await openSecond(scene.browser)
    const code = await codeByMail(scene, scene.browser, request)
    await expectProblem(await enter(scene.browser, request, '000000'), 400, 'code_wrong')
    const { step } = await jsonOf<LoginAnswer>(await enter(scene.browser, request, code))
    expect(step.kind).toBe('recovery_codes')
    expect((await mailsOf(scene)).map(({ kind }) => kind)).toContain('factor_added')
  })
})

const codesIn = (step: LoginAnswer['step']) => ('codes' in step && step.kind === 'second_factor' ? step.codes : [])
