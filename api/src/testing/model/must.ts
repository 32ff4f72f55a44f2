/** The oracle found something. */
export class Bypass extends Error {}

/** @throws Bypass with what should not have been possible */
export function must(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Bypass(sentence)
}
