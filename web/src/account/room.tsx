import type { ReactNode } from 'react'
import { Head } from '../ui/head.tsx'
import { useTitle } from '../ui/use-title.ts'
import { useAccount } from './account-context.tsx'

type Props = {
  /** Names the room in the title of the tab. */
  title: string
  /** Where the heading says more than the title. */
  heading?: ReactNode
  lead?: ReactNode
  /** Something is wrong with what was sent. */
  failed?: boolean
  children: ReactNode
}

/** A room of the account: its title, its heading, and what is in it. */
export function Room({ title, heading = title, lead, failed = false, children }: Props) {
  const { branding } = useAccount()
  useTitle(title, branding.name, failed)
  return (
    <>
      <Head heading={heading} lead={lead} />
      {children}
    </>
  )
}
