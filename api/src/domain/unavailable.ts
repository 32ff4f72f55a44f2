/** Not now: nothing was done, and trying again may work. Answered with 503 and Retry-After, in seconds. */
export class Unavailable extends Error {
  readonly retryAfter = 2
}
