import { LANGUAGE_CODES, type Language } from '@vestibule/shared/languages.ts'

type Texts = { [key: string]: string | Texts }
const files = import.meta.glob<Texts>('../../../locales/*/*.json', { eager: true, import: 'default' })

function catalogueOf(language: string): Texts {
  const folder = `/locales/${language}/`
  const names = Object.keys(files).filter((path) => path.includes(folder))
  return Object.fromEntries(names.map((path) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), files[path]!]))
}

/** English in disguise, for a language without a catalogue: what is not taken from the catalogue stands out. */
function disguise(texts: Texts): Texts {
  const entries = Object.entries(texts).map(([key, value]) => [
    key,
    typeof value === 'string' ? `⟦${value}⟧` : disguise(value),
  ])
  return Object.fromEntries(entries)
}

/** The screens are tested in a language that is not English. */
export const TEST_LANGUAGE: Language = 'de'

export function stringsOf(language: Language = TEST_LANGUAGE): Texts {
  const catalogue = catalogueOf(language)
  return Object.keys(catalogue).length > 0 ? catalogue : disguise(catalogueOf('en'))
}

/** The languages whose catalogue is there. */
export const writtenLanguages = LANGUAGE_CODES.filter((language) => Object.keys(catalogueOf(language)).length > 0)
