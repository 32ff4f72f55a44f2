import type { SecondMethod } from '@vestibule/shared/factors.ts'
import type { ComponentType } from 'react'
import { AppIcon, KeyStickIcon, LifebuoyIcon, MessageIcon } from './factor-icons.tsx'
import { MailIcon, PasskeyIcon } from './icons.tsx'

const ICONS: Record<SecondMethod, ComponentType> = {
  passkey: PasskeyIcon,
  totp: AppIcon,
  security_key: KeyStickIcon,
  email_code: MailIcon,
  sms_code: MessageIcon,
  recovery_code: LifebuoyIcon,
}

/** What a way of showing who one is looks like. */
export function MethodIcon({ method }: { method: SecondMethod }) {
  const Icon = ICONS[method]
  return <Icon />
}
