import type { Channel } from './domain/messages.ts'

export const MESSAGE_OUTCOMES = ['sent', 'postponed', 'expired', 'dead'] as const
type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number]

/** What became of what was to be noted about a refused request; `dropped` where there were too many. */
export const TRACE_TALLIES = ['written', 'dropped', 'failed'] as const
type TraceTally = (typeof TRACE_TALLIES)[number]

export type Tallies = ReturnType<typeof createTallies>

/** What is counted outside requests, in plain numbers, for the metrics. */
export function createTallies() {
  const messages = new Map<`${Channel} ${MessageOutcome}`, number>()
  const traces = new Map<TraceTally, number>()
  return {
    traces: {
      add: (outcome: TraceTally): void => void traces.set(outcome, (traces.get(outcome) ?? 0) + 1),
      of: (outcome: TraceTally): number => traces.get(outcome) ?? 0,
    },
    messages: {
      add(channel: Channel, outcome: MessageOutcome): void {
        const key = `${channel} ${outcome}` as const
        messages.set(key, (messages.get(key) ?? 0) + 1)
      },
      of: (channel: Channel, outcome: MessageOutcome): number => messages.get(`${channel} ${outcome}`) ?? 0,
    },
  }
}
