import { expect, test } from 'vitest'
import { createWorld } from '../testing/world.ts'

test('the figures say what became of messages, with closed labels only', async () => {
  const world = await createWorld()
  await world.send()
  await world.deliver()
  await world.send({ to: 'ann@acme.test' })
  const text = await (await world.browser('127.0.0.1').get('/metrics')).text()
  expect(text).toContain('vestibule_messages_total{channel="email",outcome="sent"} 1\n')
  expect(text).toContain('vestibule_messages_total{channel="sms",outcome="dead"} 0\n')
  expect(text).toContain('vestibule_messages_waiting{channel="email"} 1\n')
  expect(text).toContain('vestibule_messages_waiting{channel="sms"} 0\n')
  expect(text).toContain('vestibule_traces_total{outcome="dropped"} 0\n')
  expect(text).not.toContain('acme.test')
})
