import type { ReactNode } from 'react'
import { AlertIcon, InfoIcon, TickCircleIcon, WarningIcon } from './icons.tsx'

const ICONS = { info: InfoIcon, danger: AlertIcon, warning: WarningIcon, success: TickCircleIcon }

/** A message: an icon and words, never colour alone. */
export function Notice({ kind = 'info', children }: { kind?: keyof typeof ICONS; children: ReactNode }) {
  const Icon = ICONS[kind]
  return (
    <div className={`notice ${kind}`}>
      <Icon />
      <span>{children}</span>
    </div>
  )
}
