/** A code that a link of a mail brought, for the request that waits for it. It is filled in, and never sent by itself. */
export type OfferedCode = { request: string; code: string }

const CHANNEL = 'vestibule-code'
let waiting: OfferedCode | null = null

/** `req_….123456` behind the # of the link; null for anything else. */
export function readLink(fragment: string): OfferedCode | null {
  const [, request = '', code = ''] = /^#(req_[0-9a-f]{32})\.(\d{6})$/.exec(fragment) ?? []
  return request ? { request, code } : null
}

/** Keeps a code for the screen that is about to be drawn here. */
export const keepCode = (offered: OfferedCode): void => {
  waiting = offered
}

export function takeCode(request: string): string | null {
  const code = waiting?.request === request ? waiting.code : null
  waiting = null
  return code
}

/** Tells the other tabs of this browser. */
export function offerCode(offered: OfferedCode): void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.postMessage(offered)
  channel.close()
}

/** Hears of a code for this request, until it is told to stop. */
export function onCode(request: string, take: (code: string) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<OfferedCode>) => {
    if (data.request === request) take(data.code)
  })
  return () => channel.close()
}
