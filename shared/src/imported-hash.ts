/** What the forms call by name; what one has not is empty. */
type Part = 'm' | 't' | 'p' | 'cost' | 'ln' | 'r' | 'digest' | 'rounds' | 'salt' | 'salted' | 'key' | 'log' | 'id'
type Parts = Record<Part, string>
type Form = { pattern: RegExp; isSound?: (parts: Parts) => boolean; isBearable?: (parts: Parts) => boolean }

/**
 * The forms in which a password hash may come from elsewhere, as whoever made each of them wrote it down: PHC strings, those of crypt(3),
 * of LDAP servers (RFC 2307 and after), Passlib, Django and phpass. How much work one may be is bounded: a hash that takes seconds or a
 * gigabyte to check would stop the server at every sign-in of its owner.
 */
const FORMS = {
  argon2: {
    pattern:
      /^\$argon2id?\$v=19\$m=(?<m>[1-9]\d{0,6}),t=(?<t>[1-9]\d?),p=(?<p>[1-9]\d?)\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,171}$/,
    // 256 MiB at a time, and 2 GiB in all passes
    isBearable: ({ m, t, p }) =>
      Number(m) <= 262_144 && Number(m) * Number(t) <= 2_097_152 && Number(t) <= 20 && Number(p) <= 16,
  },
  bcrypt: {
    pattern: /^\$2[aby]\$(?<cost>\d\d)\$[./A-Za-z0-9]{53}$/,
    isSound: ({ cost }) => Number(cost) >= 4,
    isBearable: ({ cost }) => Number(cost) <= 14,
  },
  scrypt: {
    pattern:
      /^\$scrypt\$ln=(?<ln>[1-9]\d?),r=(?<r>[1-9]\d?),p=(?<p>[1-9]\d?)\$(?<salt>[A-Za-z0-9+/]{0,171})={0,2}\$(?<key>[A-Za-z0-9+/]{22,171})={0,2}$/,
    // 256 MiB at a time, and 512 MiB in all
    isBearable: ({ ln, r, p }) => workOf(ln, r) <= 2 ** 21 && workOf(ln, r) * Number(p) <= 2 ** 22,
  },
  /** Passlib writes "." for "+", and no names of parameters. */
  pbkdf2: {
    pattern:
      /^\$pbkdf2(?:-(?<digest>sha1|sha256|sha512))?\$(?:i=)?(?<rounds>[1-9]\d{0,8})(?:,l=\d{1,3})?\$(?<salt>[A-Za-z0-9+./]{1,342})={0,2}\$(?<key>[A-Za-z0-9+./]{22,171})={0,2}$/,
    isBearable: hasFewRounds,
  },
  pbkdf2Ldap: {
    pattern:
      /^\{PBKDF2(?:-(?<digest>SHA1|SHA256|SHA512))?\}(?<rounds>[1-9]\d{0,8})\$(?<salt>[A-Za-z0-9+./]{1,342})={0,2}\$(?<key>[A-Za-z0-9+./]{22,171})={0,2}$/,
    isBearable: hasFewRounds,
  },
  /** Its salt is the text itself. */
  pbkdf2Django: {
    pattern:
      /^pbkdf2_(?<digest>sha1|sha256|sha512)\$(?<rounds>[1-9]\d{0,8})\$(?<salt>[A-Za-z0-9+/_-]{1,128})\$(?<key>[A-Za-z0-9+/]{22,171})={0,2}$/,
    isBearable: hasFewRounds,
  },
  /** The digest in base64 with the salt after it, or without a salt in hexadecimal. */
  digest: {
    pattern: /^\{(?<salted>S?)(?<digest>MD5|SHA|SHA256|SHA512)\}(?<key>[A-Za-z0-9+/]{22,})={0,2}$/,
    isSound: isDigest,
  },
  /** The salt is text, and stands before the password. */
  digestDjango: {
    pattern: /^(?<digest>md5|sha1)\$(?<salt>[A-Za-z0-9+/_-]{1,128})\$(?<key>[0-9a-f]{32,40})$/,
    isSound: ({ digest, key }) => key.length === 2 * sizeOf(digest),
  },
  /** The sign says how often, as a power of two: 7 to 18. */
  phpass: { pattern: /^\$[PH]\$(?<log>[5-9A-G])(?<salt>[./A-Za-z0-9]{8})(?<key>[./A-Za-z0-9]{22})$/ },
  md5Crypt: { pattern: /^\$(?<id>1|apr1)\$(?<salt>[./A-Za-z0-9]{0,8})\$(?<key>[./A-Za-z0-9]{22})$/ },
  shaCrypt: {
    pattern:
      /^\$(?<id>[56])\$(?:rounds=(?<rounds>[1-9]\d{3,8})\$)?(?<salt>[./A-Za-z0-9]{0,16})\$(?<key>[./A-Za-z0-9]{43,86})$/,
    isSound: ({ id, key }) => key.length === (id === '5' ? 43 : 86),
    isBearable: ({ rounds }) => Number(rounds) <= 1_000_000,
  },
} as const satisfies Record<string, Form>

export type HashForm = keyof typeof FORMS
export type ImportedHash = { form: HashForm; text: string; parts: Parts; isBearable: boolean }

const NONE: Parts = {
  m: '',
  t: '',
  p: '',
  cost: '',
  ln: '',
  r: '',
  digest: '',
  rounds: '',
  salt: '',
  salted: '',
  key: '',
  log: '',
  id: '',
}

/** `null`: no such form. */
export function parseImportedHash(written: string): ImportedHash | null {
  const text = written.replace(/^\{(?:CRYPT|ARGON2)\}(?=\$)/, '')
  for (const [form, { pattern, isSound, isBearable }] of Object.entries(FORMS) as [HashForm, Form][]) {
    const found = pattern.exec(text)
    if (!found) continue
    const parts = partsOf(found)
    if (isSound?.(parts) === false) return null
    return { form, text, parts, isBearable: isBearable?.(parts) !== false }
  }
  return null
}

const partsOf = ({ groups = {} }: RegExpExecArray): Parts => ({
  ...NONE,
  ...Object.fromEntries(Object.entries(groups).filter(([, part]) => part !== undefined)),
})

function hasFewRounds({ rounds }: Parts): boolean {
  return Number(rounds) <= 2_000_000
}

function workOf(ln: string, r: string): number {
  return 2 ** Number(ln) * Number(r)
}

/** Bytes. */
function sizeOf(digest: string): number {
  return { MD5: 16, SHA: 20, SHA1: 20, SHA256: 32, SHA512: 64 }[digest.toUpperCase()] ?? 0
}

function isDigest({ salted, digest, key }: Parts): boolean {
  const [size, bytes] = [sizeOf(digest), Math.floor((key.length * 3) / 4)]
  if (salted) return bytes > size && bytes <= size + 64
  return bytes === size || isHexOf(size, key)
}

const isHexOf = (size: number, key: string) => key.length === 2 * size && /^[0-9a-fA-F]+$/.test(key)
