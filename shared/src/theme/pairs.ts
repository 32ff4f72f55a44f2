import type { ColourToken } from './tokens.ts'

interface Pair {
  readonly front: ColourToken
  readonly grounds: readonly ColourToken[]
  readonly least: number
}

const CARD_GROUNDS = ['surface', 'sunken', 'accent-soft', 'danger-soft', 'warning-soft', 'success-soft'] as const

/**
 * What holds in every palette, whatever colours were chosen: `front` reaches the contrast `least` on each of its grounds.
 * Text 4.5:1 (WCAG 2.2, 1.4.3); edges of controls and the focus ring 3:1 (1.4.11).
 */
export const PAIRS: readonly Pair[] = [
  { front: 'ink', grounds: CARD_GROUNDS, least: 4.5 },
  { front: 'ink-soft', grounds: CARD_GROUNDS, least: 4.5 },
  { front: 'on-canvas', grounds: ['canvas', 'niche'], least: 4.5 },
  { front: 'on-canvas-soft', grounds: ['canvas', 'niche'], least: 4.5 },
  { front: 'on-brand', grounds: ['brand', 'brand-hover', 'brand-press'], least: 4.5 },
  { front: 'accent', grounds: ['surface', 'sunken', 'accent-soft'], least: 4.5 },
  { front: 'danger', grounds: ['surface', 'sunken', 'danger-soft'], least: 4.5 },
  { front: 'warning', grounds: ['surface', 'sunken', 'warning-soft'], least: 4.5 },
  { front: 'success', grounds: ['surface', 'sunken', 'success-soft'], least: 4.5 },
  { front: 'on-danger', grounds: ['danger'], least: 4.5 },
  { front: 'on-panel', grounds: ['panel'], least: 4.5 },
  { front: 'brand-edge', grounds: ['surface'], least: 3 },
  { front: 'edge', grounds: ['surface', 'sunken'], least: 3 },
  { front: 'focus', grounds: ['surface', 'sunken', 'accent-soft'], least: 3 },
]
