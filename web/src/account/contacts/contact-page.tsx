import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnContacts } from '@vestibule/shared/contract/contacts.ts'
import { useState } from 'react'
import { useTexts } from '../../i18n.ts'
import { asProblem, type ProblemAnswer } from '../../problem-answer.ts'
import { Notice } from '../../ui/notice.tsx'
import { Address, Sentence } from '../../ui/sentence.tsx'
import { useDoing } from '../account-context.tsx'
import { contactsQuery, meQuery } from '../api.ts'
import { Room } from '../room.tsx'
import type { Typed } from '../typed.ts'
import { roomAround } from '../within.ts'
import { EnterCode } from './enter-code.tsx'
import { NewContact } from './new-contact.tsx'
import { PresentContact } from './present-contact.tsx'

export type ContactKind = 'email' | 'phone'

/** Sends something about the contact. Out: the problem, or null when the page shows how everything stands now. */
export type SendContact = (work: Promise<OwnContacts>, typed?: Typed) => Promise<ProblemAnswer | null>

/** Where one address or number is confirmed, replaced and taken away. The present one stays until the new one is confirmed. */
export function ContactPage({ kind }: { kind: ContactKind }) {
  const { t } = useTexts()
  const run = useDoing(kind)
  const queries = useQueryClient()
  const [done, setDone] = useState<string | null>(null)
  const { data } = useQuery(contactsQuery)
  const contact = data?.[kind]

  const send: SendContact = async (work, typed) => {
    setDone(null)
    try {
      const contacts = await run(work, typed)
      const before = contact?.pending?.value
      if (before !== undefined && contacts[kind].pending === null && contacts[kind].value === before) setDone(before)
      queries.setQueryData(contactsQuery.queryKey, contacts)
      void queries.invalidateQueries({ queryKey: meQuery.queryKey })
      return null
    } catch (error) {
      return asProblem(error)
    }
  }

  return (
    <Room
      title={t(`profile:contacts.${kind}`)}
      lead={t(`profile:contacts.${kind}_page.lead`)}
      within={roomAround(kind)}
    >
      <div role="status" className="announce">
        {done !== null && (
          <Notice kind="success">
            <Sentence of="profile:contacts.done" parts={{ value: <Address>{done}</Address> }} />
          </Notice>
        )}
      </div>
      {contact && (
        <>
          <PresentContact kind={kind} contact={contact} send={send} />
          {contact.pending ? (
            <EnterCode key={contact.pending.value} kind={kind} pending={contact.pending} send={send} />
          ) : (
            <NewContact key={contact.value} kind={kind} isFirst={contact.value === null} send={send} />
          )}
        </>
      )}
    </Room>
  )
}
