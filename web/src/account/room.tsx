import { accountPath } from '@vestibule/shared/account-pages.ts'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTexts } from '../i18n.ts'
import { Head } from '../ui/head.tsx'
import { BackIcon } from '../ui/icons.tsx'
import { useTitle } from '../ui/use-title.ts'
import { useAccount } from './account-context.tsx'
import type { roomAround } from './within.ts'

type Props = {
  /** Names the room in the title of the tab. */
  title: string
  /** Where the heading says more than the title. */
  heading?: ReactNode
  lead?: ReactNode
  /** The room that led here, and the way back to it. */
  within?: ReturnType<typeof roomAround>
  /** Something is wrong with what was sent. */
  failed?: boolean
  children: ReactNode
}

/** A room of the account: its title, its heading, and what is in it. */
export function Room({ title, heading = title, lead, within = null, failed = false, children }: Props) {
  const { t } = useTexts()
  const { branding } = useAccount()
  useTitle(title, branding.name, failed)
  return (
    <>
      {within && (
        <Link className="back" to={accountPath(within)}>
          <BackIcon />
          {t(`account:rooms.${within}`)}
        </Link>
      )}
      <Head heading={heading} lead={lead} />
      {children}
    </>
  )
}
