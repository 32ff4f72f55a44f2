const TONES = ['', 'two', 'three']

const initials = (name: string) =>
  name
    .replace(/@.*/, '')
    .split(/[\s.]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .join('')

type Props = { name: string; of?: string; picture?: string | null; isLarge?: boolean }

/**
 * A picture of ours, or initials on a ground, which also stand where the picture does not come. `of` decides the tone, so that two people
 * of one name can be told apart. Decoration: the name stands beside it.
 */
export function Avatar({ name, of = name, picture = null, isLarge = false }: Props) {
  const size = isLarge ? 'large' : ''
  const sum = [...of].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 0)
  return (
    // Drawn by the style sheet: as text they would stand in the label of the button around them (WCAG 2.2, 2.5.3).
    <span className={`avatar ${TONES[sum % TONES.length]} ${size}`} data-initials={initials(name)} aria-hidden="true">
      {picture && <img src={picture} alt="" />}
    </span>
  )
}
