import { BlockList, isIP, isIPv6 } from 'node:net'

/** What is not on the public internet (IANA special-purpose registry, RFC 6890): no request of ours goes there. */
const SPECIAL_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const
/** Inside 2000::/3, which is all that is public of IPv6: tunnels, benchmarks, documentation. */
const SPECIAL_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const v4 = new BlockList()
for (const [net, prefix] of SPECIAL_V4) v4.addSubnet(net, prefix, 'ipv4')
const v6 = new BlockList()
for (const [net, prefix] of SPECIAL_V6) v6.addSubnet(net, prefix, 'ipv6')
const globalV6 = new BlockList()
globalV6.addSubnet('2000::', 3, 'ipv6')
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

export const isLoopbackAddress = (address: string): boolean =>
  isIP(address) !== 0 && loopback.check(address, familyOf(address))

/** Whether an address is on the public internet. An IPv4 address in IPv6 clothes is not: nobody needs to write it so. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false
  if (familyOf(address) === 'ipv4') return !v4.check(address, 'ipv4')
  return globalV6.check(address, 'ipv6') && !v6.check(address, 'ipv6')
}
