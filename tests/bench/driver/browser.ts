import type { Connection } from './connection.ts'
import { Cookies } from './cookies.ts'
import { type Content, request } from './request.ts'
import type { Response } from './response.ts'

/** A browser at one origin: a connection, and cookies of its own. Follows no redirect by itself. */
export class Browser {
  connection: Connection
  #origin: string
  #cookies = new Cookies()

  constructor(connection: Connection, origin: string) {
    this.connection = connection
    this.#origin = origin
  }

  /** The same browser months later. */
  reopened(connection: Connection): Browser {
    const browser = new Browser(connection, this.#origin)
    browser.#cookies = this.#cookies.lasting()
    return browser
  }

  /** `target` is a path or an address at this origin. */
  get(target: string): Promise<Response> {
    return this.#send(target, '')
  }

  post(target: string, content: Content): Promise<Response> {
    return this.#send(target, `Origin: ${this.#origin}\r\n`, content)
  }

  async #send(target: string, headers: string, content?: Content): Promise<Response> {
    const address = target.startsWith('/') ? this.#origin + target : target
    if (!address.startsWith(`${this.#origin}/`)) throw new Error(`not at ${this.#origin}: ${target}`)
    const cookie = this.#cookies.header(address.slice(this.#origin.length).split('?', 1)[0] as string)
    const response = await request(
      this.connection,
      address,
      cookie ? `${headers}Cookie: ${cookie}\r\n` : headers,
      content,
    )
    if (response.cookies.length > 0) this.#cookies.store(response.cookies)
    return response
  }
}
