import { readdirSync, readFileSync } from 'node:fs'
import type { Language } from '../../shared/src/languages.ts'

type Tree = { [key: string]: string | Tree }

const folder = (language: Language) => new URL(`../${language}/`, import.meta.url)

/** The files of English, which is the shape of the others: `account.json`, `common.json` and so on. */
export const FILES = readdirSync(folder('en'))

/** The texts of one file, by their path: `identify.labels.email`. Empty where the language lacks the file. */
export function readTexts(language: Language, file: string): Map<string, string> {
  const flat = new Map<string, string>()
  const walk = (tree: Tree, path: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') flat.set(path + key, value)
      else walk(value, `${path}${key}.`)
    }
  }
  if (readdirSync(folder(language)).includes(file))
    walk(JSON.parse(readFileSync(new URL(file, folder(language)), 'utf8')) as Tree, '')
  return flat
}

/** Every text of a language, by its key as the pages say it: `login:identify.labels.email`. */
export const allTexts = (language: Language): [string, string][] =>
  FILES.flatMap((file) =>
    [...readTexts(language, file)].map(([path, text]): [string, string] => [`${file.slice(0, -5)}:${path}`, text]),
  )
