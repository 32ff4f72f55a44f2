import type { loginRoutes } from '@vestibule/shared/contract/login.ts'
import { HttpResponse, http } from 'msw'
import { expect, test } from 'vitest'
import { createCall } from './call.ts'
import { answerOf } from './testing/fixtures.ts'
import { server, when } from './testing/server.ts'

const call = createCall<typeof loginRoutes>()
const finish = () => call('post /api/login/{request}/finish', { params: { request: 'a/b?c' }, body: {} })

test('fills the path, sends the body and answers with the body of 200', async () => {
  let seen = ''
  server.use(
    http.post('*/api/login/*', ({ request }) => {
      seen = new URL(request.url).pathname
      return HttpResponse.json(answerOf('redirect'))
    }),
  )
  expect((await finish()).step.kind).toBe('redirect')
  expect(seen).toBe('/api/login/a%2Fb%3Fc/finish')
})

test('throws the problem with all it carries', async () => {
  when('post /api/login/{request}/finish', { refuse: { code: 'too_many_attempts', retryAfter: 30, requestId: 'r1' } })
  await expect(finish()).rejects.toMatchObject({
    code: 'too_many_attempts',
    retryAfter: 30,
    requestId: 'r1',
    fields: {},
  })
})

test('no answer is a problem with a code of its own', async () => {
  when('post /api/login/{request}/finish', 'unreachable')
  await expect(finish()).rejects.toMatchObject({ code: 'unreachable' })
})

test("an answer that is not ours, such as a proxy's page, is an internal problem", async () => {
  server.use(http.post('*/api/login/*', () => new HttpResponse('<h1>Bad Gateway</h1>', { status: 502 })))
  await expect(finish()).rejects.toMatchObject({ code: 'internal' })
})

export const neverRun = () => {
  // @ts-expect-error a body of the wrong shape
  void call('post /api/login/{request}/password', { params: { request: 'r' }, body: { pasword: 'right' } })
  // @ts-expect-error a body that is missing
  void call('post /api/login/{request}/password', { params: { request: 'r' } })
  // @ts-expect-error a parameter that is missing
  void call('post /api/login/{request}/finish', { body: {} })
  // @ts-expect-error an endpoint that does not exist
  void call('post /api/login')
}
