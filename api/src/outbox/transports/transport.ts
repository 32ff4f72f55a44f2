import type { MessageId } from '../../domain/ids.ts'
import type { Message } from '../../domain/messages.ts'
import type { Letter, Rendered } from '../letter.ts'

/** A message on its way: the id is the same at every attempt. */
export type Parcel = { id: MessageId; to: string; message: Message; letter: Letter }

/** Hands a message over. Resolves when somebody else took it on. @throws DeliveryFailed, and anything else is a mistake of ours */
export type Transport = (parcel: Parcel, rendered: Rendered, signal: AbortSignal) => Promise<void>
