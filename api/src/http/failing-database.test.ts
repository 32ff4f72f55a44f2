import type { LoginAnswer } from '@vestibule/shared/login-step.ts'
import { expect, test } from 'vitest'
import { type Browser, redirectOf } from '../testing/browser.ts'
import { authorizePath, codeOf, type Tokens } from '../testing/relying-party.ts'
import { BOB, createScene } from '../testing/scene.ts'
import { PASSWORD } from '../testing/world.ts'

type Scene = Awaited<ReturnType<typeof createScene>>

const FAULT = 'canary fault in a statement'

/** From the click in the application to renewed tokens and the account pages, answer by answer. */
async function* walk({ redeem, refresh, userinfo }: Scene, browser: Browser): AsyncGenerator<Response> {
  const opened = await browser.get(authorizePath('ledger', { scope: 'openid offline_access' }))
  yield opened
  const login = `/api/login/${opened.headers.get('location')?.split('/').at(-1)}`
  yield await browser.get(opened.headers.get('location') ?? '')
  yield await browser.post(`${login}/identifier`, { identifier: BOB })
  const entered = await browser.post(`${login}/password`, { password: PASSWORD })
  yield entered.clone()
  const redeemed = await redeem(codeOf(redirectOf((await entered.json()) as LoginAnswer)))
  yield redeemed.clone()
  const tokens = (await redeemed.json()) as Tokens
  yield await userinfo(tokens)
  yield await refresh(tokens)
  yield await browser.get(authorizePath('ledger', { prompt: 'none' }))
  yield await browser.get('/account')
  yield await browser.get('/api/me')
}

/** The answer to the password is the fourth. */
const STEPS_TO_GET_IN = 4

type Failure = { answer: Response; wasIn: boolean }

/** The first answer that is none of the happy way, or null. */
async function firstFailure(scene: Scene, browser: Browser): Promise<Failure | null> {
  let given = 0
  for await (const answer of walk(scene, browser)) {
    const error = answer.headers.get('location')?.includes('error=')
    if (answer.status >= 400 || error) return { answer, wasIn: given >= STEPS_TO_GET_IN }
    given++
  }
  return null
}

test('N294 FAULT - whichever statement fails, nobody is let in by it, nothing of it is told, and nothing is half done', {
  timeout: 120_000,
}, async () => {
  const fault = { at: 0, seen: Number.NEGATIVE_INFINITY }
  const observe = () => {
    if (++fault.seen === fault.at) throw new Error(FAULT)
  }
  const scene = await createScene({ observe, application: { settings: { consent: 'never' } } })
  for (let isOver = false; !isOver; ) {
    scene.clock.advance(60)
    const browser = scene.world.browser(`203.0.113.${++fault.at}`)
    fault.seen = 0
    const failure = await firstFailure(scene, browser)
    isOver = fault.seen < fault.at
    fault.seen = Number.NEGATIVE_INFINITY
    if (isOver) expect(failure).toBeNull()
    else if (failure) await expectClosed(scene, browser, failure)
    else throw new Error(`statement ${fault.at} failed, and nobody noticed`)
  }
  expect(fault.at).toBeGreaterThan(40)
})

async function expectClosed(scene: Scene, browser: Browser, { answer, wasIn }: Failure): Promise<void> {
  const told = `${answer.headers.get('location') ?? ''} ${await answer.text()}`
  expect(told).toMatch(/internal|server_error/)
  expect(told).not.toMatch(/canary|select |insert |update |\.ts|[?&]code=|access_token|refresh_token/)

  const { db } = scene.deps
  const rows = (name: 'grants' | 'authorizationCodes' | 'accessTokens' | 'sessions' | 'events') =>
    db.query.select().from(db.tables[name] as never) as unknown as Promise<Record<string, unknown>[]>
  const ids = (all: Record<string, unknown>[], name = 'id') => all.map((row) => String(row[name])).toSorted()
  const events = await rows('events')
  const ofType = (type: string) => events.filter((event) => event.type === type)
  const grants = ids(await rows('grants'))
  for (const { grantId } of [...(await rows('authorizationCodes')), ...(await rows('accessTokens'))])
    expect(grants).toContain(grantId)
  expect(ofType('grant.issued')).toHaveLength(grants.length)
  expect(new Set(ids(ofType('user.signed_in'), 'target'))).toEqual(new Set(ids(await rows('sessions'))))

  // nobody is in without the answer that says so, and everybody gets in afterwards
  const silent = (await browser.get(authorizePath('ledger', { prompt: 'none' }))).headers.get('location') ?? ''
  if (!wasIn) expect(silent).toContain('error=login_required')
  scene.clock.advance(1)
  const request = await browser.open(authorizePath('ledger', { prompt: 'login' }))
  expect(redirectOf(await browser.signIn(request, BOB, PASSWORD)).searchParams.has('code')).toBe(true)
}
