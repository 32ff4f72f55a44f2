import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isLanguage, type Language } from '../shared/src/languages.ts'
import { ENTRY_NAMESPACES, type Entry, type MailTexts } from './index.ts'

type Texts = Record<string, unknown>
const here = new URL('./', import.meta.url)

function readLanguage(language: Language): Texts {
  const folder = new URL(`${language}/`, here)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return Object.fromEntries(
    files.map((name) => [name.slice(0, -'.json'.length), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
  )
}

/** Read once, when the server starts: a catalogue that can not be read stops it there. */
const catalogues = new Map<Language, Texts>(
  readdirSync(here)
    .filter((name) => isLanguage(name) && existsSync(new URL(`${name}/`, here)))
    .map((name) => [name as Language, readLanguage(name as Language)]),
)

function catalogueOf(language: Language): Texts {
  const catalogue = catalogues.get(language)
  if (!catalogue) throw new Error(`no catalogue for ${language}`)
  return catalogue
}

/** The texts of one entry in one language: namespace -> nested keys, as i18next takes them. For the server. */
export function loadStrings(language: Language, entry: Entry): Texts {
  const catalogue = catalogueOf(language)
  return Object.fromEntries(ENTRY_NAMESPACES[entry].map((name) => [name, catalogue[name]]))
}

/** The texts of mails and text messages. The parity test holds that every language has what English has. */
export const loadMailTexts = (language: Language): MailTexts => catalogueOf(language).mail as MailTexts
