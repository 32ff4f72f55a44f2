import type { Deps } from '../../deps.ts'
import { Problem } from '../../domain/problem.ts'
import { faceOf } from '../../use-cases/face.ts'
import { answerJson } from '../answer.ts'
import { type Frame, mailPage } from '../development/frame.ts'
import { outboxPage } from '../development/outbox-page.ts'
import { previewMail, previewsPage } from '../development/previews-page.ts'
import type { Http } from '../env.ts'
import type { Mount } from '../mount.ts'
import type { Templates } from '../page-template.ts'

/** Pages for whoever develops. They are mounted only where messages are shown instead of sent: never in production. */
export function mountDevelopment(mount: Mount, deps: Deps, templates: Templates): void {
  const { sink } = deps.post
  if (!sink) return
  const frame = async (): Promise<Frame> => ({
    templates,
    branding: (await faceOf(deps, null)).branding,
    randomBytes: deps.randomBytes,
  })
  mount('GET /dev/outbox', async (c) =>
    wantsJson(c) ? answerJson(c, sink.list().map(shown)) : outboxPage(c, await frame(), sink.list()),
  )
  mount('GET /dev/outbox/:message', (c) => {
    const html = sink.list().find(({ id }) => id === c.req.param('message'))?.html
    if (html == null) throw new Problem('not_found')
    return mailPage(c, html)
  })
  mount('GET /__messages', async (c) => previewsPage(c, deps, await frame()))
  mount('GET /__messages/:message', (c) => previewMail(c, deps))
}

const wantsJson = (c: Http): boolean => (c.req.header('accept') ?? '').startsWith('application/json')

const shown = <Message extends { at: number }>(message: Message) => ({
  ...message,
  at: new Date(message.at).toISOString(),
})
