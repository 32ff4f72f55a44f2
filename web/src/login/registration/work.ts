import type { Proof } from '@vestibule/shared/login-step-registration.ts'

type Challenge = Proof['challenge']

/** Does the work of a challenge in a worker. Null when it can not be done here: the server says what that means. */
function solve(challenge: Challenge, signal: AbortSignal): Promise<Proof | null> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(null)
    const worker = new Worker(new URL('./work.worker.ts', import.meta.url), { type: 'module' })
    const finish = (solution: Proof['solution'] | null) => {
      worker.terminate()
      resolve(solution && { challenge, solution })
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Proof['solution'] | null>) => finish(data))
    worker.addEventListener('error', () => finish(null))
    signal.addEventListener('abort', () => finish(null))
    worker.postMessage(challenge)
  })
}

/** The work of one challenge: begun once, awaited by whoever sends the form. */
export type Work = { proof: Promise<Proof | null>; stop: () => void }

export function startWork(challenge: Challenge | null): Work {
  const control = new AbortController()
  const proof = challenge ? solve(challenge, control.signal).catch(() => null) : Promise.resolve(null)
  return { proof, stop: () => control.abort() }
}
