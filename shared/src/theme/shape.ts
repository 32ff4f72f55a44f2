import type { Look } from '../branding.ts'

type Corners = Readonly<Record<'corner' | 'corner-card' | 'corner-small', `${number}px`>>

const CORNER_SIZES: Readonly<Record<Look['corners'], Corners>> = {
  sharp: { corner: '2px', 'corner-card': '3px', 'corner-small': '2px' },
  soft: { corner: '10px', 'corner-card': '20px', 'corner-small': '6px' },
  round: { corner: '24px', 'corner-card': '32px', 'corner-small': '10px' },
}

/** Fonts of headings. All of them are the reader's own: nothing is fetched. */
const FONT_STACKS: Readonly<Record<Look['font'], string>> = {
  system: 'var(--font)',
  serif: 'ui-serif,Charter,Georgia,"Noto Serif","Noto Naskh Arabic",serif',
  rounded: 'ui-rounded,"SF Pro Rounded",Nunito,"Arial Rounded MT Bold",var(--font)',
  geometric: '"Avenir Next",Avenir,"Century Gothic","URW Gothic",var(--font)',
}

export const SHAPE_TOKENS = ['corner', 'corner-card', 'corner-small', 'font-display'] as const
type ShapeToken = (typeof SHAPE_TOKENS)[number]
export type Shape = Readonly<Record<ShapeToken, string>>

export const shapeOf = (look: Pick<Look, 'corners' | 'font'>): Shape => ({
  ...CORNER_SIZES[look.corners],
  'font-display': FONT_STACKS[look.font],
})

const values = [
  ...Object.values(CORNER_SIZES).flatMap((corners) => Object.values<string>(corners)),
  ...Object.values(FONT_STACKS),
]

/** Whether a value comes from the two tables above. */
export const isShapeValue = (value: unknown): value is string => values.some((known) => known === value)
