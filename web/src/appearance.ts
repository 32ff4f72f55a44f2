import type { MODES } from '@vestibule/shared/branding.ts'

export type Appearance = (typeof MODES)[number]

/** What was chosen in this browser: the server writes it into the first HTML, so that no page flashes. */
export const chosenAppearance = (): Appearance => (document.documentElement.dataset.appearance as Appearance) ?? 'auto'

/** Light or dark: the organization's word, or else the choice made in this browser, or else the system's. */
export function dressScheme(mode: Appearance, chosen = chosenAppearance()) {
  const { dataset } = document.documentElement
  dataset.appearance = chosen
  const scheme = mode === 'auto' ? chosen : mode
  if (scheme === 'auto') delete dataset.theme
  else dataset.theme = scheme
}
