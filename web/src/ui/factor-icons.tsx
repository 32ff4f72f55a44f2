import { circle, drawing, line } from './icons.tsx'

/** What only the pages of second factors show: they are loaded with those, and not with the first page. */
export const DownloadIcon = line('M10 3v9M6.3 8.6 10 12.3l3.7-3.7M3.5 16.5h13')
export const PrintIcon = line(
  'M6 7V3h8v4M6 14H4.5A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7h11A1.5 1.5 0 0 1 17 8.5v4a1.5 1.5 0 0 1-1.5 1.5H14M6 11.5h8V17H6z',
)
export const ShieldIcon = line('M10 2.5 16 5v4.6c0 3.6-2.4 6.4-6 7.9-3.6-1.5-6-4.3-6-7.9V5zM7 9.8l2.2 2.2 4-4.3')
export const AppIcon = drawing(
  <>
    <rect x="5" y="2.5" width="10" height="15" rx="2.2" />
    <path d="M8.5 10.2l1.2 1.2 2-2.4" />
  </>,
)
export const KeyStickIcon = drawing(
  <>
    <rect x="6" y="7" width="8" height="10.5" rx="2" />
    <path d="M7.5 7V2.5h5V7M10 11v2.5" />
  </>,
)
export const MessageIcon = line('M3 4.5h14v9H9l-4 3v-3H3zM6.5 9h.1M10 9h.1M13.5 9h.1')
export const LifebuoyIcon = drawing(
  <>
    {circle}
    <circle cx="10" cy="10" r="2.8" />
    <path d="m5 5 3 3M12 12l3 3M15 5l-3 3M8 12l-3 3" />
  </>,
)
