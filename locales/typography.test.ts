import { describe, expect, test } from 'vitest'
import { LANGUAGE_CODES, type Language } from '../shared/src/languages.ts'
import { allTexts } from './testing/read-texts.ts'

/** What would look foreign to a careful reader of the language: how it sets its signs, and how it speaks to people. */
type Rule = { name: string; wrong: (text: string) => boolean; example: string }

const rule = (name: string, pattern: RegExp, example: string): Rule => ({
  name,
  wrong: (text) => pattern.test(text),
  example,
})
const count = (text: string, sign: string) => text.split(sign).length - 1
/** Every ideograph, kana and mark of its script is written without spaces around it. */
const WIDE = String.raw`[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}、。「」（）：？！]`

const EVERY_LANGUAGE: Rule[] = [
  rule('begins or ends with a space', /^\s|\s$/u, 'Sign in '),
  rule('has two spaces in a row', /\s\s/u, 'Sign  in'),
  rule('has a straight quote', /["']/, "It's you"),
  rule('writes three dots as dots', /\.\.\./, 'One moment...'),
  rule('has a space before a comma or a full stop', /\s[,.،。、]/u, 'This way , please'),
]

const RULES: Record<Language, Rule[]> = {
  en: [rule('has quotes of other languages', /[„«»]/u, '„this“')],
  de: [
    rule('opens quotes as English does', /“[^“”„]*”|[«»]/u, '“dies”'),
    // "Sie" alone would be "they" as well, so this looks for what is never right
    rule('says du', /(?<!\p{L})(du|dich|dir|dein\p{L}*|euch|euer|eure\p{L}*)(?!\p{L})/iu, 'Das ist deine Adresse'),
    rule('has a space before a sign', /\s[;:!?]/u, 'Error : {}'),
  ],
  fr: [
    rule('lacks the narrow space before ; ! or ?', /[^\u202f;!?][;!?]/u, 'Vraiment ?'),
    rule('lacks the fixed space before a colon', /[^\u00a0\u202f]:/u, 'Erreur : {}'),
    rule('lacks the fixed space inside « »', /«[^\u00a0\u202f]|[^\u00a0\u202f]»/u, '«ceci»'),
    rule('has quotes of other languages', /[“”„]/u, '“x”'),
    rule('says tu', /(?<!\p{L})(tu|te|toi|ton|tes|t’\p{L}+)(?!\p{L})/iu, 'Ton compte'),
  ],
  es: [
    { name: 'asks without ¿', wrong: (text) => count(text, '?') !== count(text, '¿'), example: 'Cerrar?' },
    { name: 'exclaims without ¡', wrong: (text) => count(text, '!') !== count(text, '¡'), example: 'Hola!' },
    rule('has quotes of other languages', /[“”„]/u, '“x”'),
    rule('says usted', /(?<!\p{L})(usted|ustedes|vuestr\p{L}+|vosotros)(?!\p{L})/iu, 'Es usted'),
    rule('has a space before a sign', /\s[;:!?]/u, 'Error : {}'),
  ],
  ar: [
    rule('has a comma, semicolon or question mark of Latin', /[,;?]/, 'حقًا?'),
    rule('has quotes of other languages', /[“”„]/u, '“x”'),
    // "please do" and nouns of action speak to everybody; an imperative without a feminine form speaks to men
    rule(
      'speaks to men alone',
      /(?<!\p{L})(و|ف)?(أدخل|اختر|حاول|تحقق|تحقّق|اضغط|انقر|اكتب|افتح|ارجع|ابدأ|أعد|اطلب|استخدم|تأكد|تأكّد|انتظر|احفظ|أكّد|سجّل)(?![\p{L}\p{M}])/u,
      'تحقّق منهما وحاول مرة أخرى',
    ),
    rule('says "signed in" of a man', /إبقائي مسجّل|أنت مسجّل/u, 'إبقائي مسجّل الدخول'),
  ],
  ja: [
    rule('has a full stop, comma, colon, question or exclamation mark of Latin', /[.,:;?!](?!\})/, 'ログインしました.'),
    rule('has parentheses or quotes of Latin', /[()“”]/u, '(完了)'),
    rule('has a space beside Japanese letters', new RegExp(`${WIDE} |[^-] ${WIDE}`, 'u'), 'ログイン しました'),
    rule(
      'ends a sentence without です or ます',
      /(?<!です|ます|ません|ました|でした|ましょう|ください)。/u,
      'ログインした。',
    ),
  ],
}

/** Where a sentence ends. A label has no end, in no language. */
const ENDS: Record<Language, { stop: string; question: string }> = {
  en: { stop: '.', question: '?' },
  de: { stop: '.', question: '?' },
  fr: { stop: '.', question: '?' },
  es: { stop: '.', question: '?' },
  ar: { stop: '.', question: '؟' },
  ja: { stop: '。', question: '？' },
}

const PLACEHOLDER = /\{\{\w+\}\}/g
const bare = (text: string) => text.replaceAll(PLACEHOLDER, '{}')

describe.each(LANGUAGE_CODES)('%s', (language) => {
  const texts = allTexts(language)

  test.each([...EVERY_LANGUAGE, ...RULES[language]])('no text $name', ({ wrong, example }) => {
    expect(wrong(example), 'the rule finds what it is for').toBe(true)
    expect(texts.filter(([, text]) => wrong(bare(text)))).toEqual([])
  })

  test('a sentence ends as a sentence does, a label does not', () => {
    const english = new Map(allTexts('en'))
    const { stop, question } = ENDS[language]
    const wrong = texts.filter(([key, text]) => {
      const model = english.get(key) ?? english.get(key.replace(/_(zero|two|few|many)$/, '_other'))
      if (model === undefined || model.endsWith(':')) return false
      return model.endsWith('.') !== text.endsWith(stop) || model.endsWith('?') !== text.endsWith(question)
    })
    expect(wrong).toEqual([])
  })
})
