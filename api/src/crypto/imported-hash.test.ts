import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { verifyImportedHash } from './imported-hash.ts'
import { createPasswordHasher } from './password-hash.ts'

/** A sentence longer than a block of any hash, in the bytes of UTF-8. */
const LONG = 'Grüße an alle, die lange Passwörter haben und sie nie vergessen: 64 und mehr Bytes'

const hex = (digest: string, text: string) => createHash(digest).update(text).digest('hex')
const base64 = (digest: string, text: string, salt = '') =>
  Buffer.concat([
    createHash(digest)
      .update(text + salt)
      .digest(),
    Buffer.from(salt),
  ]).toString('base64')

type Vector = [form: string, password: string, hash: string]

/** From Openwall's crypt_blowfish, RFC 7914, RFC 6070, Passlib, phpass and Ulrich Drepper's SHA-crypt. */
const PUBLISHED: Vector[] = [
  ['bcrypt 2a', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt 2b', 'U*U', '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['bcrypt 2y', 'U*U*', '$2y$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
  ['bcrypt of LDAP', 'U*U', '{CRYPT}$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['scrypt', 'password', '$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI'],
  ['scrypt', 'pleaseletmein', '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI'],
  ['scrypt', '', '$scrypt$ln=4,r=1,p=1$$d9ZXYjhleyA7GcpCwYoEl/FrSETjB0ro39/6P+3iFEI'],
  ['PBKDF2 with SHA-1', 'password', '$pbkdf2$4096$c2FsdA$SwB5AbdlSJq.rUnZJvch0GWkKcE'],
  ['PBKDF2 with SHA-1, as a PHC string', 'password', '$pbkdf2-sha1$i=4096,l=20$c2FsdA$SwB5AbdlSJq+rUnZJvch0GWkKcE'],
  ['PBKDF2 with SHA-1 of LDAP', 'password', '{PBKDF2}4096$c2FsdA$SwB5AbdlSJq.rUnZJvch0GWkKcE'],
  [
    'PBKDF2 with SHA-256',
    'passwd',
    '$pbkdf2-sha256$1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd.8xfHG4RbHjC9UJESBB06GXgw',
  ],
  [
    'PBKDF2 with SHA-256 of LDAP',
    'passwd',
    '{PBKDF2-SHA256}1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLxJypzM8Xm2RZkWZLOdd.8xfHG4RbHjC9UJESBB06GXgw',
  ],
  [
    'PBKDF2 with SHA-512',
    'password',
    '$pbkdf2-sha512$1212$RHY0Fr3IDMSVO/RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI.BzY/YTNJOiKc5gBYFYGww',
  ],
  ['phpass', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['phpass of phpBB', 'test1', '$H$9aaaaaSXBjgypwqm.JsMssPLiS8YQ00'],
  ['SHA-crypt 5', 'Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  [
    'SHA-crypt 5 with rounds',
    'Hello world!',
    '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA',
  ],
  [
    'SHA-crypt 6',
    'Hello world!',
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
  ],
]

/** Made by OpenSSL and by Python. */
const MADE: Vector[] = [
  ['crypt 1', LONG, '$1$12345678$6BzfLTRiTSzmrLJcS2EBZ/'],
  ['crypt apr1', LONG, '$apr1$r31.....$2evZpmJgGzjeUuRcUIf8y0'],
  ['SHA-crypt 5', LONG, '$5$saltstring$piOreeFhrCxK3Am09yiCEHRF72/57vLozp7SB31aXqA'],
  [
    'SHA-crypt 6',
    LONG,
    '$6$saltstring$nwc7TATgYQVGcYXoeNIDcDYpXF6yQi.6KBP7gMxExhCpwi/JEWvTb1zAi9R1WlU3B7vuMVldlcvu.wfqLzCGg1',
  ],
  ['PBKDF2 of Django', 'password', 'pbkdf2_sha256$260000$seasalt$ftMWvEdczZQK5azuap2CQYKRjHLa1wOuMrfMiYEswYQ='],
]

/** By what they are. */
const PLAIN: Vector[] = [
  ['MD5', 'password', '{MD5}5f4dcc3b5aa765d61d8327deb882cf99'],
  ['MD5 of LDAP', LONG, `{MD5}${base64('md5', LONG)}`],
  ['SMD5', LONG, `{SMD5}${base64('md5', LONG, 'salt')}`],
  ['SHA', LONG, `{SHA}${hex('sha1', LONG)}`],
  ['SHA of LDAP', LONG, `{SHA}${base64('sha1', LONG)}`],
  ['SSHA', LONG, `{SSHA}${base64('sha1', LONG, 'saltsalt')}`],
  ['SHA256', LONG, `{SHA256}${hex('sha256', LONG).toUpperCase()}`],
  ['SHA256 of LDAP', LONG, `{SHA256}${base64('sha256', LONG)}`],
  ['SSHA256', LONG, `{SSHA256}${base64('sha256', LONG, 'a salt of 16 byt')}`],
  ['SHA512', LONG, `{SHA512}${hex('sha512', LONG)}`],
  ['SHA512 of LDAP', LONG, `{SHA512}${base64('sha512', LONG)}`],
  ['SSHA512', LONG, `{SSHA512}${base64('sha512', LONG, 'salt')}`],
  ['MD5 of Django', LONG, `md5$seasalt$${hex('md5', `seasalt${LONG}`)}`],
  ['SHA-1 of Django', LONG, `sha1$seasalt$${hex('sha1', `seasalt${LONG}`)}`],
]

test.each([...PUBLISHED, ...MADE, ...PLAIN])('%s', (_, password, hash) => {
  expect(verifyImportedHash(hash, password)).toBe(true)
  for (const other of [`${password}x`, password.slice(1), password.toUpperCase(), '', hash])
    if (other !== password) expect([other, verifyImportedHash(hash, other)]).toEqual([other, false])
})

test('of phpass, any power of two that it may have', () => {
  // wordpress writes 2 to the 13th
  expect(verifyImportedHash('$P$Buvd5FQxkeXJnDarN7..wRMwRKJeZ40', '!?!#?#?#$&@&@!&@')).toBe(true)
})

test('what is no hash has no password', () => {
  for (const stored of ['', '!', '*', 'password', '{MD5}', '$1$$', '{SSHA}AAAA', '$2b$12$short'])
    for (const typed of ['', 'password', stored]) expect(verifyImportedHash(stored, typed)).toBe(false)
})

test.each<Vector>([
  ['bcrypt', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['argon2i', 'password', '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8'],
  ['argon2id', 'password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
  [
    'argon2id of LDAP',
    'password',
    '{ARGON2}$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  ],
])('the hasher checks %s as its own, and wants it made anew', async (_, password, hash) => {
  const hasher = createPasswordHasher({ memory: 8, passes: 1 })
  expect([await hasher.verify(hash, password), await hasher.verify(hash, 'x'), hasher.isOutdated(hash)]).toEqual([
    true,
    false,
    true,
  ])
})
