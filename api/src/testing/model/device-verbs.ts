import { askAsDevice, poll } from '../device.ts'
import { goThrough } from './go-through.ts'
import { blankRequest, enterPassword, identify, type Verb } from './login-verbs.ts'
import { must } from './must.ts'
import { act, call, pick, settle } from './play.ts'
import type { Stage } from './stage.ts'

/** The world with the server of this run. */
const served = ({ world, app }: Stage) => ({ ...world, app })

/** How long a device waits before it asks again. Seconds. */
const INTERVAL = 6

/** A television without a browser: somebody types its code, signs in, and is always asked. */
export const DEVICE_VERBS = {
  device: async (stage, choice) => {
    const { browser } = choice
    const asked = (await (await askAsDevice(served(stage))).json()) as { user_code?: string; device_code?: string }
    if (!asked.user_code || !asked.device_code) return
    const { body } = await call(stage, browser, '/api/device', { code: asked.user_code })
    const id = /req_[0-9a-f]+$/.exec(String(body.redirect))?.[0]
    if (!id) return
    const asking = { application: stage.television, prompts: ['consent'] }
    const request = { ...blankRequest(stage, browser), ...asking, id }
    stage.requests.push(request)
    stage.devices.push({ code: asked.device_code, request: id, grant: null })
    const person = pick(stage.people, choice.a)!
    await identify(stage, browser, request, person.loginName)
    await goThrough(stage, request, await enterPassword(stage, browser, request, person.password), choice)
    const allow = choice.b % 4 !== 0
    const allowed = await act(stage, browser, request, 'consent', { allow })
    if (!allowed) return
    request.isAgreed = allow
    await settle(stage, request, allowed)
    // it asks on, whatever it was told
    for (let times = 0; times < 2; times++) {
      stage.world.clock.advance(INTERVAL)
      await DEVICE_VERBS.pollDevice(stage, { ...choice, c: 1 })
    }
  },
  pollDevice: async (stage, { a, c }) => {
    const device = c % 3 === 0 ? pick(stage.devices, a) : stage.devices.at(-1)
    if (!device) return
    const response = await poll(served(stage), device.code)
    stage.story.push(`the television asks -> ${response.status}`)
    if (response.status !== 200) return
    must(device.grant, 'a device was let in by nobody')
    stage.ledger.let(device.grant)
    stage.seen('device')
  },
} satisfies Record<string, Verb>
