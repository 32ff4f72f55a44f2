import type { Hex } from './colour.ts'

/** The colours of a page, in the order in which a style sheet lists them. Components know these names and nothing else. */
export const COLOUR_TOKENS = [
  'canvas', // the page
  'niche', // the arch behind the card
  'surface', // card, dialog, section
  'sunken', // field, provider button, well
  'line', // a hairline that only decorates
  'edge', // the border of a control
  'ink', // text on card grounds
  'ink-soft',
  'on-canvas', // text on the page itself
  'on-canvas-soft',
  'brand', // the primary button
  'brand-hover',
  'brand-press',
  'brand-edge',
  'on-brand', // its text
  'accent', // the brand as something to read: links, icons, ticks
  'accent-soft',
  'focus',
  'danger',
  'danger-soft',
  'on-danger',
  'warning',
  'warning-soft',
  'success',
  'success-soft',
  'panel', // the picture beside the form in the split layout
  'on-panel',
  'panel-1',
  'panel-2',
  'panel-3',
  'panel-4',
  'panel-light',
] as const

export type ColourToken = (typeof COLOUR_TOKENS)[number]
export type Palette = Readonly<Record<ColourToken, Hex>>
export type Scheme = 'light' | 'dark'
