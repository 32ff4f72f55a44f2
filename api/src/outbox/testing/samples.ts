import { DEFAULT_LOOK, type Look } from '@vestibule/shared/branding.ts'
import { deriveTheme } from '@vestibule/shared/theme/derive-theme.ts'
import type { Letter } from '../letter.ts'

export const ORIGIN = 'https://login.acme.test'

export const letter = (more: Partial<Letter> = {}, look: Partial<Look> = {}): Letter => ({
  language: 'en',
  timeZone: null,
  organization: 'Acme',
  mode: look.mode ?? 'auto',
  theme: deriveTheme({ ...DEFAULT_LOOK, ...look }),
  origin: ORIGIN,
  ...more,
})
