import { contactRoutes } from '@vestibule/shared/contract/contacts.ts'
import type { Deps } from '../../deps.ts'
import { cancelContactChange, changeContact, resendContactCode } from '../../use-cases/contacts/change-contact.ts'
import { changeUsername } from '../../use-cases/contacts/change-username.ts'
import { confirmContact } from '../../use-cases/contacts/confirm-contact.ts'
import { contactsOf } from '../../use-cases/contacts/contacts.ts'
import { removeContact } from '../../use-cases/contacts/remove-contact.ts'
import type { Asking } from '../../use-cases/contacts/send-contact-code.ts'
import { currentAccount } from '../../use-cases/me/current-account.ts'
import { accountHandle } from '../actor.ts'
import type { Http } from '../env.ts'
import { implement } from '../implement.ts'
import { browserWishes } from '../localize.ts'
import type { Mount } from '../mount.ts'

/** Where people can be reached, and the name they type. */
export function mountContacts(mount: Mount, deps: Deps): void {
  const handle = (c: Http) => accountHandle(c, deps.settings)
  const asking = (c: Http): Asking => ({
    userAgent: c.req.header('user-agent') ?? '',
    address: c.env.visit.address,
    wishes: browserWishes(c, deps),
  })

  implement(
    mount,
    contactRoutes.getContacts,
  )(async (_input, c) => contactsOf(deps, await currentAccount(deps, handle(c))))
  implement(
    mount,
    contactRoutes.changeEmail,
  )(({ body }, c) => changeContact(deps, handle(c), 'email', { ...body, ...asking(c) }))
  implement(
    mount,
    contactRoutes.changePhone,
  )(({ body }, c) => changeContact(deps, handle(c), 'phone', { ...body, ...asking(c) }))
  implement(
    mount,
    contactRoutes.confirmEmail,
  )(({ body }, c) => confirmContact(deps, handle(c), 'email', { ...body, ...asking(c) }))
  implement(
    mount,
    contactRoutes.confirmPhone,
  )(({ body }, c) => confirmContact(deps, handle(c), 'phone', { ...body, ...asking(c) }))
  implement(mount, contactRoutes.resendEmail)((_input, c) => resendContactCode(deps, handle(c), 'email', asking(c)))
  implement(mount, contactRoutes.resendPhone)((_input, c) => resendContactCode(deps, handle(c), 'phone', asking(c)))
  implement(mount, contactRoutes.cancelEmail)((_input, c) => cancelContactChange(deps, handle(c), 'email'))
  implement(mount, contactRoutes.cancelPhone)((_input, c) => cancelContactChange(deps, handle(c), 'phone'))
  implement(
    mount,
    contactRoutes.removeEmail,
  )((_input, c) => removeContact(deps, handle(c), 'email', browserWishes(c, deps)))
  implement(
    mount,
    contactRoutes.removePhone,
  )((_input, c) => removeContact(deps, handle(c), 'phone', browserWishes(c, deps)))
  implement(mount, contactRoutes.changeUsername)(({ body }, c) => changeUsername(deps, handle(c), body.username))
}
