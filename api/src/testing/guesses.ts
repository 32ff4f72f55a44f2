import { jsonOf } from './answers.ts'
import type { Browser } from './browser.ts'
import { authorizePath } from './relying-party.ts'

/** One guess at a name, in a request of its own. */
export async function guess(browser: Browser, identifier: string, password = 'wrong'): Promise<Response> {
  const request = await browser.open(authorizePath('ledger', { prompt: 'select_account' }))
  await browser.post(`/api/login/${request}/restart`, { fresh: true })
  await browser.post(`/api/login/${request}/identifier`, { identifier })
  return browser.post(`/api/login/${request}/password`, { password })
}

/** Guesses wrongly this often, as soon as each wait is over. Out: what each guess was answered that counted. */
export async function guessOften(
  { browser, clock }: { browser: Browser; clock: { advance(seconds: number): unknown } },
  identifier: string,
  times: number,
): Promise<string[]> {
  const answers: string[] = []
  while (answers.length < times) {
    const answer = await guess(browser, identifier)
    const { code, retryAfter } = (await jsonOf(answer)) as { code: string; retryAfter?: number }
    const isWait = retryAfter !== undefined && retryAfter < 60
    if (isWait) clock.advance(retryAfter)
    else answers.push(retryAfter === undefined ? code : `${code} ${retryAfter}`)
  }
  return answers
}
