import type { Channel } from './domain/messages.ts'

export const MESSAGE_OUTCOMES = ['sent', 'postponed', 'expired', 'dead'] as const
type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number]

export type Tallies = ReturnType<typeof createTallies>

/** What is counted outside requests, in plain numbers, for the metrics. */
export function createTallies() {
  const messages = new Map<`${Channel} ${MessageOutcome}`, number>()
  return {
    messages: {
      add(channel: Channel, outcome: MessageOutcome): void {
        const key = `${channel} ${outcome}` as const
        messages.set(key, (messages.get(key) ?? 0) + 1)
      },
      of: (channel: Channel, outcome: MessageOutcome): number => messages.get(`${channel} ${outcome}`) ?? 0,
    },
  }
}
