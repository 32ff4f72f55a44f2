import { LOGIN, RESET } from '../paths.ts'
import { type Browser, stepOf } from './browser.ts'
import { MAIL_SINK, messagesTo } from './mail.ts'
import { CONFIGURATION, person, withA } from './people.ts'
import { openWorld, type World } from './world.ts'

export const NEW_PASSWORD = 'canary lighthouse keeper 42'
const kind = 'reset_password'
export const mailTo = (name: string) => `${name}@a.test`

/** A world with these people of organization A besides: each case has its own, because mails to one person are counted. */
export const openResetWorld = (names: string) =>
  openWorld({ env: MAIL_SINK, configuration: withPeople(names.split(' ')) })
const withPeople = (names: readonly string[]) =>
  withA({ users: [...CONFIGURATION.organizations[0]!.users, ...names.map((name) => person({ name }))] })

/** The code and the token of a mail. */
export const partsOf = ({ code, link }: { code: string | null; link: string | null }) => ({
  code: code!,
  token: link!.split('#')[1]!,
})

/** Verbs of whoever forgot a password, and of whoever says so. */
export function forgetting(world: World) {
  /** At the password of this name. */
  async function atPassword(name: string, browser: Browser = world.browser()) {
    const request = await browser.open(world.rp.authorizePath('clientConf'))
    await browser.call(LOGIN.START(request, name))
    return { browser, request }
  }

  /** Asked for, with what the mail holds. */
  async function begin(name: string) {
    const known = (await messagesTo(world.server, mailTo(name), { kind, atLeast: 0 })).length
    const { browser, request } = await atPassword(name)
    const step = stepOf(await browser.call(RESET.START(request)))
    if (step !== 'reset_code') throw new Error(`no reset: ${step}`)
    const [mail] = await messagesTo(world.server, mailTo(name), { kind, atLeast: known + 1 })
    return { browser, request, ...partsOf(mail!) }
  }

  return {
    atPassword,
    begin,
    /** A reset whose code was right. */
    async atNewPassword(name: string) {
      const reset = await begin(name)
      const step = stepOf(await reset.browser.call(RESET.CODE(reset.request, reset.code)))
      if (step !== 'new_password') throw new Error(`the code was refused: ${step}`)
      return reset
    },
    /** Whether this password lets this person in. */
    async opens(name: string, password: string): Promise<boolean> {
      const browser = world.browser()
      const answer = await browser.signIn(await browser.open(world.rp.authorizePath('clientConf')), name, password)
      return answer.status === 200 && stepOf(answer) === 'redirect'
    },
    everyPassword: () => world.rows(`select user_id, secret from credentials where type = 'password' order by 1`),
  }
}
