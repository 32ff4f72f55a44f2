type Cookie = { value: string; path: string; isLasting: boolean }

/** Longer than anybody stays signed in. Seconds. */
const MONTHS = 100 * 86_400

/** The cookies of one browser at one origin: path and deletion are honoured, the other attributes do not matter here (RFC 6265, 5). */
export class Cookies {
  #stored = new Map<string, Cookie>()

  /** Takes the `Set-Cookie` values of a response. */
  store(lines: string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/; */)
      const equals = pair.indexOf('=')
      const name = pair.slice(0, equals)
      const cookie: Cookie = { value: pair.slice(equals + 1), path: '/', isLasting: false }
      let expired = false
      for (const attribute of attributes) {
        const [key = '', value = ''] = attribute.split('=')
        if (/^path$/i.test(key)) cookie.path = value
        if (/^max-age$/i.test(key)) {
          expired ||= Number(value) <= 0
          cookie.isLasting = Number(value) > MONTHS
        }
        if (/^expires$/i.test(key)) expired ||= Date.parse(value) <= Date.now()
      }
      if (expired) this.#stored.delete(`${name} ${cookie.path}`)
      else this.#stored.set(`${name} ${cookie.path}`, cookie)
    }
  }

  /** What is left of them months later. */
  lasting(): Cookies {
    const left = new Cookies()
    for (const [key, cookie] of this.#stored) if (cookie.isLasting) left.#stored.set(key, cookie)
    return left
  }

  /** The `Cookie` header for a path, or the empty string. */
  header(path: string): string {
    const pairs: string[] = []
    for (const [key, cookie] of this.#stored) {
      if (matches(path, cookie.path)) pairs.push(`${key.slice(0, key.indexOf(' '))}=${cookie.value}`)
    }
    return pairs.join('; ')
  }
}

const matches = (path: string, prefix: string) =>
  path === prefix || (path.startsWith(prefix) && (prefix.endsWith('/') || path[prefix.length] === '/'))
