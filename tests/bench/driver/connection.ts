import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { parseResponse, type Response } from './response.ts'

/**
 * One keep-alive connection, one request at a time. Leaner than node:http, so that the driver can keep even the cheapest endpoint busy
 * from its single core.
 */
export class Connection {
  #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #waiting: PromiseWithResolvers<Response> | null = null
  /** Nothing more comes: the server may close one that nobody uses. */
  isClosed = false

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#onData(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('close', () => this.#fail(new Error('the server closed the connection')))
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Connection(socket)
  }

  /** Sends the bytes of one request and waits for its response. Rejects when the connection fails. */
  send(request: string): Promise<Response> {
    if (this.#waiting) throw new Error('one request at a time')
    if (this.isClosed) throw new Error('the connection is closed')
    this.#waiting = Promise.withResolvers<Response>()
    this.#socket.write(request)
    return this.#waiting.promise
  }

  close(): void {
    this.#socket.destroy()
  }

  #onData(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    try {
      const parsed = parseResponse(this.#received)
      if (!parsed) return
      this.#received = this.#received.subarray(parsed.length)
      const waiting = this.#waiting
      this.#waiting = null
      waiting?.resolve(parsed.response)
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.isClosed = true
    this.#waiting?.reject(error)
    this.#waiting = null
  }
}
