/** The arch in the organization's colour, a light inside, and the name beside it. */
export function Logo({ name }: { name: string }) {
  return (
    <span className="logo">
      <svg viewBox="0 0 28 30" aria-hidden="true">
        <path fill="var(--accent)" d="M1 30V14a13 13 0 0 1 26 0v16z" />
        <path fill="var(--surface)" d="M6 30V14a8 8 0 0 1 16 0v16z" />
        <path fill="#e8a33d" d="M10 30V15a4 4 0 0 1 8 0v15z" />
      </svg>
      <bdi>{name}</bdi>
    </span>
  )
}
