import { hash, pbkdf2Sync, scryptSync, timingSafeEqual } from 'node:crypto'
import { type HashForm, type ImportedHash, parseImportedHash } from '@vestibule/shared/imported-hash.ts'
import bcrypt from 'bcryptjs'
import { md5Crypt, phpass, shaCrypt } from './crypt.ts'

type Verify = (imported: ImportedHash, password: Buffer) => boolean

/** What passlib and LDAP write with ".", PHC strings with "+". */
const bytesOf = (base64: string) => Buffer.from(base64.replaceAll('.', '+'), 'base64')

function isSame(one: string | Buffer, other: string | Buffer): boolean {
  const [a, b] = [one, other].map((value) => (typeof value === 'string' ? Buffer.from(value) : value)) as [
    Buffer,
    Buffer,
  ]
  return a.length === b.length && timingSafeEqual(a, b)
}

const pbkdf2 =
  (saltOf: (text: string) => Buffer): Verify =>
  ({ parts: { digest, rounds, salt, key } }, password) => {
    const expected = bytesOf(key)
    return isSame(
      pbkdf2Sync(password, saltOf(salt), Number(rounds), expected.length, digest.toLowerCase() || 'sha1'),
      expected,
    )
  }

const VERIFIERS: Record<Exclude<HashForm, 'argon2'>, Verify> = {
  bcrypt: ({ text }, password) => bcrypt.compareSync(password.toString(), text),
  scrypt: ({ parts: { ln, r, p, salt, key } }, password) => {
    const expected = bytesOf(key)
    const options = { N: 2 ** Number(ln), r: Number(r), p: Number(p), maxmem: 2 ** 29 }
    return isSame(scryptSync(password, bytesOf(salt), expected.length, options), expected)
  },
  pbkdf2: pbkdf2(bytesOf),
  pbkdf2Ldap: pbkdf2(bytesOf),
  pbkdf2Django: pbkdf2((text) => Buffer.from(text)),
  digest: ({ parts: { salted, digest, key } }, password) => {
    const name = digest === 'SHA' ? 'sha1' : digest.toLowerCase()
    const plain = hash(name, password, 'buffer')
    if (!salted) return isSame(plain, Buffer.from(key, key.length === 2 * plain.length ? 'hex' : 'base64'))
    const bytes = bytesOf(key)
    const salt = bytes.subarray(plain.length)
    return isSame(hash(name, Buffer.concat([password, salt]), 'buffer'), bytes.subarray(0, plain.length))
  },
  digestDjango: ({ parts: { digest, salt, key } }, password) =>
    isSame(hash(digest, Buffer.concat([Buffer.from(salt), password]), 'hex'), key),
  phpass: ({ parts: { log, salt, key } }, password) => isSame(phpass(password, salt, log), key),
  md5Crypt: ({ parts: { id, salt, key } }, password) => isSame(md5Crypt(password, salt, id), key),
  shaCrypt: ({ parts: { id, salt, rounds, key } }, password) =>
    isSame(shaCrypt(password, salt, id, Number(rounds || 5000)), key),
}

/**
 * Whether a password has this hash of another product. It takes its time and lets nobody else run meanwhile, so it runs in a thread of its
 * own.
 */
export function verifyImportedHash(stored: string, password: string): boolean {
  const imported = parseImportedHash(stored)
  if (imported === null || imported.form === 'argon2') return false
  return VERIFIERS[imported.form](imported, Buffer.from(password))
}
