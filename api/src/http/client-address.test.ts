import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const PEER = '10.0.0.1'

test.each([
  ['no proxy: the header is never read', '1.1.1.1', 0, PEER],
  ['one proxy: the last entry', '6.6.6.6, 1.1.1.1', 1, '1.1.1.1'],
  ['two proxies: the last but one', '6.6.6.6, 1.1.1.1, 10.0.0.2', 2, '1.1.1.1'],
  ['what a client wrote stands further left', '127.0.0.1,6.6.6.6,1.1.1.1', 1, '1.1.1.1'],
  ['IPv6', '2001:db8::1', 1, '2001:db8::1'],
  ['fewer entries than proxies', '1.1.1.1', 2, PEER],
  ['no address', 'unknown', 1, PEER],
  ['a port', '1.1.1.1:80', 1, PEER],
  ['nothing', '', 1, PEER],
  ['empty entries', ',,', 1, PEER],
  ['a very long header', `${'9.9.9.9,'.repeat(10_000)}1.1.1.1`, 1, '1.1.1.1'],
])('%s', (_name, header, hops, address) => {
  expect(clientAddress(PEER, header, hops)).toBe(address)
})

test('without a peer the address is unknown', () => {
  expect(clientAddress(undefined, null, 0)).toBe('unknown')
})
