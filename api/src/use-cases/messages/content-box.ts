import type { Deps } from '../../deps.ts'
import { DeliveryFailed } from '../../domain/delivery.ts'
import type { MessageId } from '../../domain/ids.ts'
import type { Message } from '../../domain/messages.ts'

/** What is stored of a message besides where it goes. `origin`: the address that it was asked for at, and that its links lead to. */
type Content = { values: Message['values']; timeZone: string | null; origin: string }

/** The box is bound to the row: copied into another, it does not open. */
const placeOf = (id: MessageId): string => `outbox/${id}`

export const sealContent = ({ box }: Deps, id: MessageId, content: Content): string =>
  box.seal(JSON.stringify(content), placeOf(id))

/** @throws DeliveryFailed unreadable: another master key, or a row that somebody changed */
export function openContent({ box }: Deps, id: MessageId, sealed: string | null): Content {
  try {
    return JSON.parse(box.open(sealed ?? '', placeOf(id))) as Content
  } catch (error) {
    throw new DeliveryFailed('unreadable', { cause: error })
  }
}
