const TONES = ['', 'two', 'three']

const initials = (name: string) =>
  name
    .replace(/@.*/, '')
    .split(/[\s.]+/u)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0]?.toLocaleUpperCase() ?? '')
    .join('')

/** Initials on a ground. `of` decides the tone, so that two people of one name can be told apart. Decoration: the name stands beside it. */
export function Avatar({ name, of = name }: { name: string; of?: string }) {
  const sum = [...of].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 0)
  return (
    <span className={`avatar ${TONES[sum % TONES.length]}`} aria-hidden="true">
      {initials(name)}
    </span>
  )
}
