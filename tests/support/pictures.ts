/** A photograph as a phone may take it: too large for any upload, and of a kind that only browsers read (BMP, 24 bits a pixel). */
export function largeBitmap(edge = 1200): Buffer {
  const header = Buffer.alloc(54)
  const pixels = Buffer.alloc(edge * edge * 3)
  header.write('BM')
  header.writeUInt32LE(header.length + pixels.length, 2)
  header.writeUInt32LE(header.length, 10)
  header.writeUInt32LE(40, 14)
  header.writeInt32LE(edge, 18)
  header.writeInt32LE(edge, 22)
  header.writeUInt16LE(1, 26)
  header.writeUInt16LE(24, 28)
  for (let at = 0; at < pixels.length; at += 3) pixels.writeUIntLE((at * 2654435761) % 0xff_ff_ff, at, 3)
  return Buffer.concat([header, pixels])
}
