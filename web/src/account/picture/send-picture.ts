import type { setAvatar } from '@vestibule/shared/contract/avatar.ts'
import type { Output } from '@vestibule/shared/contract/route.ts'
import { ProblemAnswer } from '../../problem-answer.ts'
import { ownHeaders } from '../api.ts'

type Answer = Output<typeof setAvatar>

/**
 * Uploads a picture, which becomes that of the account. `onProgress` hears which share is on its way. Not by `fetch`, which tells nothing
 * while it sends. @throws ProblemAnswer
 */
export function sendPicture(picture: Blob, onProgress: (share: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/me/avatar')
    const headers = { accept: 'application/json', 'content-type': picture.type, ...ownHeaders() }
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    request.onerror = () => reject(new ProblemAnswer({ code: 'unreachable' }))
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status === 200 && answer) resolve(answer as Answer)
      else reject(new ProblemAnswer(answer && 'code' in answer ? answer : { code: 'internal' }))
    }
    request.send(picture)
  })
}

/** A proxy's error page is no JSON. */
function parsed(text: string): Answer | { code: ProblemAnswer['code'] } | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
