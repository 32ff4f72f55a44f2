import { expect, test } from 'vitest'
import { parseImportedHash } from './imported-hash.ts'

const B22 = 'CCCCCCCCCCCCCCCCCCCCC.'
const K31 = 'E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'
const KEY = 'x'.repeat(43)

const judge = (written: string) => {
  const hash = parseImportedHash(written)
  if (hash === null) return 'unknown'
  return hash.isBearable ? hash.form : 'costly'
}

test.each([
  [`$argon2id$v=19$m=19456,t=2,p=1$${B22.replace('.', 'C')}$${KEY}`, 'argon2'],
  [`$argon2i$v=19$m=65536,t=3,p=4$${B22.replace('.', 'C')}$${KEY}`, 'argon2'],
  [`{ARGON2}$argon2id$v=19$m=65536,t=3,p=4$${B22.replace('.', 'C')}$${KEY}`, 'argon2'],
  [`$argon2id$v=19$m=262144,t=8,p=1$saltsaltsalt$${KEY}`, 'argon2'],
  [`$argon2id$v=19$m=262144,t=9,p=1$saltsaltsalt$${KEY}`, 'costly'],
  [`$argon2id$v=19$m=262145,t=1,p=1$saltsaltsalt$${KEY}`, 'costly'],
  [`$argon2id$v=19$m=8,t=21,p=1$saltsaltsalt$${KEY}`, 'costly'],
  [`$argon2id$v=19$m=4096,t=1,p=17$saltsaltsalt$${KEY}`, 'costly'],
  [`$argon2d$v=19$m=19456,t=2,p=1$saltsaltsalt$${KEY}`, 'unknown'],
  [`$argon2id$m=19456,t=2,p=1$saltsaltsalt$${KEY}`, 'unknown'],
  [`$2b$12$${B22}${K31}`, 'bcrypt'],
  [`$2a$14$${B22}${K31}`, 'bcrypt'],
  [`{CRYPT}$2y$10$${B22}${K31}`, 'bcrypt'],
  [`$2b$15$${B22}${K31}`, 'costly'],
  [`$2b$31$${B22}${K31}`, 'costly'],
  [`$2b$03$${B22}${K31}`, 'unknown'],
  [`$2x$12$${B22}${K31}`, 'unknown'],
  [`$2b$12$${B22}${K31}x`, 'unknown'],
  [`$scrypt$ln=17,r=8,p=1$c2FsdA$${KEY}=`, 'scrypt'],
  [`$scrypt$ln=18,r=8,p=2$c2FsdA$${KEY}`, 'scrypt'],
  [`$scrypt$ln=18,r=8,p=3$c2FsdA$${KEY}`, 'costly'],
  [`$scrypt$ln=19,r=8,p=1$c2FsdA$${KEY}`, 'costly'],
  [`$scrypt$ln=99,r=99,p=99$c2FsdA$${KEY}`, 'costly'],
  [`$scrypt$ln=0,r=8,p=1$c2FsdA$${KEY}`, 'unknown'],
  [`$pbkdf2-sha256$600000$c2FsdA$${KEY}`, 'pbkdf2'],
  [`$pbkdf2-sha512$i=2000000,l=32$c2FsdA$${KEY}`, 'pbkdf2'],
  [`$pbkdf2-sha512$2000001$c2FsdA$${KEY}`, 'costly'],
  [`$pbkdf2-md5$1000$c2FsdA$${KEY}`, 'unknown'],
  [`{PBKDF2-SHA512}100000$c2FsdA$${KEY}`, 'pbkdf2Ldap'],
  [`{PBKDF2}999999999$c2FsdA$${KEY}`, 'costly'],
  [`pbkdf2_sha256$870000$seasalt$${KEY}=`, 'pbkdf2Django'],
  [`pbkdf2_sha256$9999999$seasalt$${KEY}=`, 'costly'],
  [`{MD5}${'0'.repeat(32)}`, 'digest'],
  [`{MD5}${'0'.repeat(22)}==`, 'digest'],
  [`{MD5}${'0'.repeat(40)}`, 'unknown'],
  [`{SMD5}${'0'.repeat(28)}`, 'digest'],
  [`{SHA}${'0'.repeat(27)}=`, 'digest'],
  [`{SHA}${'0'.repeat(26)}`, 'unknown'],
  [`{SSHA}${'0'.repeat(32)}`, 'digest'],
  [`{SSHA}${'0'.repeat(27)}`, 'unknown'],
  [`{SSHA512}${'0'.repeat(350)}`, 'unknown'],
  [`{SHA384}${'0'.repeat(64)}`, 'unknown'],
  [`md5$seasalt$${'0'.repeat(32)}`, 'digestDjango'],
  [`sha1$seasalt$${'0'.repeat(40)}`, 'digestDjango'],
  [`sha1$seasalt$${'0'.repeat(32)}`, 'unknown'],
  ['$P$BIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', 'phpass'],
  ['$H$GIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', 'phpass'],
  ['$P$HIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', 'unknown'],
  ['$P$4IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0', 'unknown'],
  [`$1$12345678$${'x'.repeat(22)}`, 'md5Crypt'],
  [`$5$saltstring$${KEY}`, 'shaCrypt'],
  [`$6$rounds=656000$saltstring$${KEY}${KEY}`, 'shaCrypt'],
  [`$6$rounds=1000001$saltstring$${KEY}${KEY}`, 'costly'],
  [`$6$rounds=999$saltstring$${KEY}${KEY}`, 'unknown'],
  [`$6$saltstring$${KEY}`, 'unknown'],
  ['', 'unknown'],
  ['five quiet rivers', 'unknown'],
  ['5f4dcc3b5aa765d61d8327deb882cf99', 'unknown'],
  [`{CRYPT}{CRYPT}$2y$10$${B22}${K31}`, 'unknown'],
  [`$2b$12$${B22}${K31}\n`, 'unknown'],
])('%s: %s', (written, verdict) => {
  expect(judge(written)).toBe(verdict)
})
