import type { MessageId } from '../../domain/ids.ts'
import { sampleMessages } from '../../domain/sample-messages.ts'
import { render } from '../render.ts'
import type { Parcel, Transport } from '../transports/transport.ts'
import { letter, ORIGIN } from './samples.ts'

/** Sends one sample by this transport. */
export function sendSample(
  transport: Transport,
  more: Partial<Parcel> & { kind?: string } = {},
  signal = AbortSignal.timeout(10_000),
) {
  const { kind = 'verify_email', ...rest } = more
  const message = sampleMessages(ORIGIN, 0).find((sample) => sample.kind === kind)!
  const parcel: Parcel = { id: 'msg_1' as MessageId, to: 'bob@acme.test', message, letter: letter(), ...rest }
  return transport(parcel, render(parcel.message, parcel.letter), signal)
}
