import { useMutation } from '@tanstack/react-query'
import type { OwnContact } from '@vestibule/shared/contract/contacts.ts'
import { FormProblem } from '../../forms/submit.tsx'
import { useTexts } from '../../i18n.ts'
import { MailIcon, PhoneIcon } from '../../ui/icons.tsx'
import { Address } from '../../ui/sentence.tsx'
import { call } from '../api.ts'
import { Confirm } from '../confirm.tsx'
import type { ContactKind, SendContact } from './contact-page.tsx'
import { Standing } from './contacts-section.tsx'

type Props = { kind: ContactKind; contact: OwnContact; send: SendContact }

/** The one that counts now, with what may be done about it. */
export function PresentContact({ kind, contact, send }: Props) {
  const { t } = useTexts()
  const act = useMutation({ mutationFn: (work: () => ReturnType<SendContact>) => work() })
  const Icon = kind === 'email' ? MailIcon : PhoneIcon
  const { value, isVerified, isRemovable, pending } = contact
  if (value === null) return null
  const remove = () => act.mutate(() => send(call(`post /api/me/${kind}/remove`, { body: {} })))
  const confirm = () => act.mutate(() => send(call(`post /api/me/${kind}`, { body: { value } })))
  return (
    <section className="section" aria-label={t(`profile:contacts.${kind}`)}>
      <ul className="rows">
        <li className="row wrap">
          <span className="glyph" aria-hidden="true">
            <Icon />
          </span>
          <span className="grow">
            <strong>
              <Address>{value}</Address>
            </strong>
            <Standing contact={contact} />
          </span>
          <span className="tools">
            {!isVerified && pending === null && (
              <button className="button secondary slim" type="button" aria-busy={act.isPending} onClick={confirm}>
                {t('profile:contacts.confirm_this')}
              </button>
            )}
            {isRemovable && (
              <Confirm
                trigger={<button className="button quiet slim" type="button" />}
                label={t('profile:contacts.remove.button')}
                title={t('profile:contacts.remove.title', { value })}
                text={t('profile:contacts.remove.text')}
                keep={t('profile:contacts.remove.keep')}
                confirm={t('profile:contacts.remove.confirm')}
                onConfirm={remove}
              />
            )}
          </span>
        </li>
      </ul>
      <FormProblem problem={act.data ?? null} />
    </section>
  )
}
