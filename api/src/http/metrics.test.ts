import { expect, test } from 'vitest'
import { createWorld } from '../testing/world.ts'
import { sendMessage } from '../use-cases/messages/send-message.ts'

test('the figures say what became of messages, with closed labels only', async () => {
  const world = await createWorld()
  const { deps, acme: organizationId } = world
  const message = { channel: 'email', kind: 'account_deleted', language: 'en', values: {}, organizationId } as const
  const send = (to: string) => deps.db.transaction((tx) => sendMessage(deps, tx, { ...message, to }))
  await send('bob@acme.test')
  await world.deliver()
  await send('ann@acme.test')
  const response = await world.browser('127.0.0.1').get('/metrics')
  const text = await response.text()
  expect(text).toContain('vestibule_messages_total{channel="email",outcome="sent"} 1\n')
  expect(text).toContain('vestibule_messages_total{channel="sms",outcome="dead"} 0\n')
  expect(text).toContain('vestibule_messages_waiting{channel="email"} 1\n')
  expect(text).toContain('vestibule_messages_waiting{channel="sms"} 0\n')
  expect(text).not.toContain('acme.test')
})
