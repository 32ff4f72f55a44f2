import { hash } from 'node:crypto'

/** The hashes of crypt(3) and of phpass, as they are written after the last "$". All of them are old; they are only ever compared. */

const SIGNS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const digest = (name: 'md5' | 'sha256' | 'sha512', ...parts: Uint8Array[]): Buffer =>
  hash(name, Buffer.concat(parts), 'buffer')

/** The bytes of `of`, over and over, up to a length. */
const repeated = (of: Buffer, length: number): Buffer => Buffer.alloc(length, length > 0 ? of : undefined)

/** Six bits a sign, the lowest first. */
function signs(value: number, many: number): string {
  let text = ''
  for (let at = 0; at < many; at++) text += SIGNS[(value >> (6 * at)) & 63]
  return text
}

type Triple = [number, number, number]

/** Three bytes at a time in an order of their own, then those that are left over. */
function encoded(bytes: Buffer, first: Triple, many: number, next: (triple: Triple) => Triple, rest: string): string {
  let text = ''
  for (let triple = first, at = 0; at < many; at++, triple = next(triple)) text += signs24(bytes, triple)
  return text + rest
}

const signs24 = (bytes: Buffer, [high, middle, low]: Triple): string =>
  signs((bytes[high]! << 16) | (bytes[middle]! << 8) | bytes[low]!, 4)

/** FreeBSD's, and Apache's by the id `apr1`. */
export function md5Crypt(password: Buffer, salt: string, id: string): string {
  const salted = Buffer.from(salt)
  const parts = [
    password,
    Buffer.from(`$${id}$`),
    salted,
    repeated(digest('md5', password, salted, password), password.length),
  ]
  for (let bits = password.length; bits > 0; bits >>= 1)
    parts.push(bits & 1 ? Buffer.alloc(1) : password.subarray(0, 1))
  let last = digest('md5', ...parts)
  for (let round = 0; round < 1000; round++) last = digest('md5', ...mixed(round, last, password, salted))
  const of: Triple = [0, 6, 12]
  return encoded(last, of, 4, ([a, b, c]) => [a + 1, b + 1, c + 1], signs24(last, [4, 10, 5]) + signs(last[11]!, 2))
}

/** Ulrich Drepper's, of glibc: 5 is SHA-256, 6 is SHA-512. */
export function shaCrypt(password: Buffer, salt: string, id: string, rounds: number): string {
  const name = id === '5' ? 'sha256' : 'sha512'
  const salted = Buffer.from(salt)
  const inner = digest(name, password, salted, password)
  const parts = [password, salted, repeated(inner, password.length)]
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? inner : password)
  let last = digest(name, ...parts)
  const passwords = repeated(digest(name, repeated(password, password.length ** 2)), password.length)
  const salts = repeated(digest(name, repeated(salted, salted.length * (16 + last[0]!))), salted.length)
  for (let round = 0; round < rounds; round++) last = digest(name, ...mixed(round, last, passwords, salts))
  return id === '5'
    ? encoded(last, [0, 10, 20], 10, ([a, b, c]) => [c + 1, a + 1, b + 1], signs((last[31]! << 8) | last[30]!, 3))
    : encoded(last, [0, 21, 42], 21, ([a, b, c]) => [b + 1, c + 1, a + 1], signs(last[63]!, 2))
}

/** What goes into a round of either. */
const mixed = (round: number, last: Buffer, password: Buffer, salt: Buffer): Buffer[] => [
  round & 1 ? password : last,
  ...(round % 3 ? [salt] : []),
  ...(round % 7 ? [password] : []),
  round & 1 ? last : password,
]

/** The portable hash of phpass; `log` is a sign of the alphabet. */
export function phpass(password: Buffer, salt: string, log: string): string {
  let last = digest('md5', Buffer.from(salt), password)
  for (let round = 2 ** SIGNS.indexOf(log); round > 0; round--) last = digest('md5', last, password)
  return encoded(last, [2, 1, 0], 5, ([a, b, c]) => [a + 3, b + 3, c + 3], signs(last[15]!, 2))
}
