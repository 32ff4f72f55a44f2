/** The picture beside the form in the split layout: a row of doorways towards the light, and one sentence. */
export function Doorways({ tagline }: { tagline: string | null }) {
  return (
    <aside className="panel" aria-hidden="true">
      <svg viewBox="0 0 520 800" preserveAspectRatio="xMidYMid slice">
        <path fill="var(--panel-1)" d="M40 800V330a220 220 0 0 1 440 0v470z" />
        <path fill="var(--panel-2)" d="M100 800V350a168 168 0 0 1 336 0v450z" />
        <path fill="var(--panel-3)" d="M158 800V378a120 120 0 0 1 240 0v422z" />
        <path fill="var(--panel-4)" d="M208 800V410a80 80 0 0 1 160 0v390z" />
        <path fill="var(--panel-light)" d="M250 800V446a44 44 0 0 1 88 0v354z" />
        <path fill="var(--panel)" d="M0 800v-96c150-34 370-34 520 0v96z" />
        <path fill="var(--panel-light)" opacity=".16" d="M250 687c30-3 58-3 88 0l74 113H160z" />
      </svg>
      {tagline && (
        <p>
          <bdi>{tagline}</bdi>
        </p>
      )}
    </aside>
  )
}
