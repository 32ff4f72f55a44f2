import { isCommon } from '../../domain/common-password.ts'

let list: Promise<ReadonlySet<string>> | undefined

/** 49,233 passwords of known leaks. Unpacking them takes some 30 ms and 4 MB, so it is done when the first password is chosen. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/** Whether this password is on the list that guessing programs begin with, or next to it. */
export async function isCommonPassword(password: string): Promise<boolean> {
  list ??= load()
  const words = await list
  return isCommon(password, (word) => words.has(word))
}
