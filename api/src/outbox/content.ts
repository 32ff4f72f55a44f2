/**
 * What a mail says, before it is HTML or text: both parts are made of the same blocks, so neither says less than the other. The strings
 * are plain text.
 */
export type Content = { subject: string; blocks: Block[] }

export type Block =
  | { kind: 'text'; text: string }
  /** What is read only when something is wrong. */
  | { kind: 'quiet'; text: string }
  | { kind: 'code'; label: string; code: string }
  /** The one action. Its address is shown in full below. */
  | { kind: 'button'; label: string; href: string; hint: string }
  | { kind: 'facts'; rows: (readonly [label: string, value: string])[] }

export const text = (value: string): Block => ({ kind: 'text', text: value })
export const quiet = (value: string): Block => ({ kind: 'quiet', text: value })
