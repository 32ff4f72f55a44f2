import type { EmailValues } from '../../domain/messages.ts'
import { type Block, quiet, text } from '../content.ts'
import { asData, type Words } from '../words.ts'

type Where = { browser: string | null; system: string | null }

export const codeBlock = ({ texts }: Words, code: string): Block => ({ kind: 'code', label: texts.labels.code, code })

export const button = ({ texts }: Words, label: string, href: string): Block => ({
  kind: 'button',
  label,
  href,
  hint: texts.link_in_full,
})

/** Where a code was asked for, where that is known. */
export const askedFor = ({ texts, where }: Words, asked: Where | undefined): Block[] =>
  asked ? [{ kind: 'facts', rows: [[texts.labels.asked, where(asked)]] }] : []

/** What a code is worth to somebody else. */
export const warnings = ({ texts, say }: Words, notYou: string): Block[] => [
  quiet(say(texts.nobody_asks)),
  quiet(say(notYou)),
]

type Happened = { at: number; notMeLink: string } & Partial<Where>

/** When and where something happened, and the way out for whoever did not do it. */
export function happened(
  words: Words,
  { at, notMeLink, browser, system }: Happened,
  facts: [string, string][] = [],
): Block[] {
  const { texts, instant, where } = words
  const isPlaced = browser !== undefined && system !== undefined
  const rows = [...facts, [texts.labels.when, instant(at)] as const]
  if (isPlaced) rows.push([texts.labels.where, where({ browser, system })] as [string, string])
  return [
    { kind: 'facts', rows },
    text(texts.was_me),
    text(texts.not_me),
    button(words, texts.not_me_button, notMeLink),
  ]
}

export const factorFact = ({ texts }: Words, factor: EmailValues['factor_added']['factor']): [string, string] => [
  texts.labels.way,
  texts.factors[factor],
]

/** An address or a number of which most is stars. */
export const masked = (value: string): string => asData(value)
