import type { ReactNode } from 'react'

/** Line drawings on a field of 20 by 20, in the colour of the text around them. They never stand alone, so they are hidden from readers. */
const Icon = ({ children, flip = false }: { children: ReactNode; flip?: boolean }) => (
  <svg className={flip ? 'icon flip' : 'icon'} viewBox="0 0 20 20" aria-hidden="true">
    {children}
  </svg>
)
export const circle = <circle cx="10" cy="10" r="7.3" />
/** A drawing as a component. */
export const drawing =
  (content: ReactNode, flip = false) =>
  () => <Icon flip={flip}>{content}</Icon>
export const line = (d: string, flip = false) => drawing(<path d={d} />, flip)
const inCircle = (d: string) =>
  drawing(
    <>
      {circle}
      <path d={d} />
    </>,
  )

export const AlertIcon = inCircle('M10 6.2v4.4M10 13.4v.1')
export const InfoIcon = inCircle('M10 9.3v4.2M10 6.6v.1')
export const TickCircleIcon = inCircle('m6.8 10.2 2.2 2.2 4.2-4.6')
export const ClockIcon = inCircle('M10 5.8V10l2.8 2')
export const GlobeIcon = inCircle('M2.7 10h14.6M10 2.7c2 2 3 4.5 3 7.3s-1 5.3-3 7.3c-2-2-3-4.5-3-7.3s1-5.3 3-7.3z')
export const WarningIcon = line('M10 3 2.5 16.2h15zM10 8.2v3.6M10 14v.1')
export const TickIcon = line('m4.5 10.5 3.6 3.6 7.4-8')
export const PlusIcon = line('M10 4v12M4 10h12')
/** Points onwards: mirrored where one reads from right to left. */
export const OnwardsIcon = line('m7.5 4.5 5.5 5.5-5.5 5.5', true)
export const BackIcon = line('M12.5 4.5 7 10l5.5 5.5', true)
export const DownIcon = line('m5 7.5 5 5 5-5')
export const HomeIcon = line('M3.5 9 10 3.5 16.5 9v7.5h-4.8V12H8.3v4.5H3.5z')
export const BoxIcon = line('M3.5 6.5 10 3l6.5 3.5v7L10 17l-6.5-3.5zM3.5 6.5 10 10l6.5-3.5M10 10v7')
export const DoorIcon = line('M4.5 17.5v-9a5.5 5.5 0 0 1 11 0v9M2.5 17.5h15M11.8 11.5v1')
export const LinkIcon = line(
  'M8.3 11.7a3.3 3.3 0 0 0 4.7 0l2.7-2.7A3.3 3.3 0 0 0 11 4.3l-1 1M11.7 8.3a3.3 3.3 0 0 0-4.7 0L4.3 11A3.3 3.3 0 0 0 9 15.7l1-1',
)
export const PhoneIcon = line(
  'M5 3.5h3l1.2 3.6-1.7 1.2a9 9 0 0 0 4.2 4.2l1.2-1.7 3.6 1.2v3a1.5 1.5 0 0 1-1.7 1.5C8.7 16 4 11.3 3.5 5.2A1.5 1.5 0 0 1 5 3.5z',
)
export const PersonIcon = drawing(
  <>
    <circle cx="10" cy="6.8" r="3.4" />
    <path d="M3.5 17c.5-3.6 3-5.6 6.5-5.6s6 2 6.5 5.6" />
  </>,
)
export const PasskeyIcon = drawing(
  <>
    <circle cx="8" cy="6.2" r="3.2" />
    <path d="M2.6 16.6c.3-3.3 2.4-5.2 5.4-5.2.8 0 1.5.1 2.1.4" />
    <circle cx="14.4" cy="11.2" r="2.2" />
    <path d="M14.4 13.4v4.2M14.4 16h1.7" />
  </>,
)
export const MailIcon = drawing(
  <>
    <rect x="2.5" y="4.5" width="15" height="11" rx="2" />
    <path d="m3 6 7 5 7-5" />
  </>,
)
export const LockIcon = drawing(
  <>
    <rect x="4" y="9" width="12" height="8" rx="2" />
    <path d="M6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9" />
  </>,
)
export const CopyIcon = drawing(
  <>
    <rect x="7" y="7" width="10" height="10" rx="2" />
    <path d="M13 7V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v6a2 2 0 0 0 2 2h2" />
  </>,
)
export const LaptopIcon = drawing(
  <>
    <rect x="3.5" y="4" width="13" height="9" rx="1.5" />
    <path d="M1.5 16h17" />
  </>,
)
