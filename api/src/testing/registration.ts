import type { Browser } from './browser.ts'
import { isForNobody } from './messages.ts'
import { authorizePath } from './relying-party.ts'
import type { World } from './world.ts'

export const NEW_EMAIL = 'nia@elsewhere.test'
export const NEW_PASSWORD = 'a long way to the lighthouse'

/** Everything the default policy asks for. */
export const FORM = { givenName: 'Nia', familyName: 'Okoye', email: NEW_EMAIL, newPassword: NEW_PASSWORD }

type Parameters = Record<string, string | null>

/** At the form of a registration, by the way an application takes. */
export const openForm = (browser: Browser, parameters: Parameters = {}): Promise<string> =>
  browser.open(authorizePath('ledger', { prompt: 'create', ...parameters }))

export const sendForm = (browser: Browser, request: string, change: object = {}): Promise<Response> =>
  browser.post(`/api/login/${request}/register`, { ...FORM, ...change })

export const enterCode = (browser: Browser, request: string, code: string): Promise<Response> =>
  browser.post(`/api/login/${request}/email-code`, { code })

/** A form that was sent, and waits for the code. */
export async function openRegistration(browser: Browser, change: object = {}, parameters: Parameters = {}) {
  const request = await openForm(browser, parameters)
  const sent = await sendForm(browser, request, change)
  if (sent.status !== 200) throw new Error(`the form was refused: ${await sent.text()}`)
  return request
}

type Mail = { kind: string; recipient: string; language: string; values: Record<string, unknown> }

/** Every mail that was written, by the time it was; but not that a browser is new, which comes with the first sign-in in each. */
export const mailsOf = async (world: Pick<World, 'deps'>): Promise<Mail[]> =>
  (await allMailsOf(world)).filter(({ kind }) => kind !== 'new_device')

/** Every mail to somebody, by the time it was written. */
export async function allMailsOf({ deps }: Pick<World, 'deps'>): Promise<Mail[]> {
  const rows = await deps.db.query.select().from(deps.db.tables.outboxMessages)
  return rows
    .filter((message) => !isForNobody(message))
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .map(({ id, kind, recipient, language, content }) => {
      const { values } = JSON.parse(deps.box.open(content!, `outbox/${id}`)) as { values: Mail['values'] }
      return { kind, recipient, language, values }
    })
}

/** The code that counts for this request, as the mail said it. @throws where no mail did */
export async function codeFor({ deps }: Pick<World, 'deps'>, request: string): Promise<string> {
  const rows = await deps.db.query.select().from(deps.db.tables.oneTimeCodes)
  const counts = rows.find(({ flow }) => flow === request)?.codeHash
  const mails = await mailsOf({ deps })
  const codes = mails.flatMap(({ values }) => (typeof values.code === 'string' ? [values.code] : []))
  const code = codes.find((sent) => deps.box.nameOf('one-time code/verify_email', `${request} ${sent}`) === counts)
  if (code === undefined) throw new Error('no mail has the code of this request')
  return code
}

/** A code that is not this one. */
export const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
