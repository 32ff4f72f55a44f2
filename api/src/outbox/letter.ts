import type { MODES } from '@vestibule/shared/branding.ts'
import type { Language } from '@vestibule/shared/languages.ts'
import type { Theme } from '@vestibule/shared/theme/derive-theme.ts'

/** Whom a message comes from and in what it is written: everything a template needs beside the values. */
export type Letter = {
  language: Language
  /** IANA name; null: UTC. */
  timeZone: string | null
  /** The organization's name as it was typed: data, like every name. */
  organization: string
  mode: (typeof MODES)[number]
  theme: Pick<Theme, 'light' | 'dark' | 'shape'>
  /** The address that it is from. No link leads anywhere else. */
  origin: string
}

/** What goes out. A text message has neither subject nor HTML. */
export type Rendered = { subject: string; text: string; html: string | null }
