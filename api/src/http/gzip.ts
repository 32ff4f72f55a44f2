import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { Piece } from './page-template.ts'

/** Shorter ones would grow. Bytes. */
const WORTH_IT = 256
/** Of a stored block (RFC 1951 3.2.4). Bytes. */
const LONGEST_BLOCK = 0xffff

/** A member (RFC 1952 2.3) of deflated data, with no name, time or system. */
const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** A stored block of nothing that says it is the last. */
const LAST_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff])

const deflated = new WeakMap<Buffer, Buffer>()

/**
 * Pieces of a page as gzip (RFC 1952). Bytes, which are the same for many pages, are compressed once, each for itself. Texts are of this page
 * alone and stand in it as they are: what a stranger can put into a page is never compressed together with what is not theirs to know, so
 * no length tells whether the two are alike (BREACH); and nothing is compressed for one request.
 */
export function gzip(pieces: readonly Piece[]): Buffer<ArrayBuffer> {
  const parts: Buffer[] = [HEAD]
  let stored: Buffer[] = []
  let checksum = 0
  let size = 0
  const store = () => {
    parts.push(...storedBlocks(Buffer.concat(stored)))
    stored = []
  }
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    checksum = crc32(bytes, checksum)
    size += bytes.length
    if (bytes !== piece || bytes.length < WORTH_IT) stored.push(bytes)
    else {
      store()
      parts.push(deflate(bytes))
    }
  }
  store()
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(checksum, 0)
  tail.writeUInt32LE(size, 4)
  return Buffer.concat([...parts, LAST_BLOCK, tail])
}

/** Blocks that end at a byte and are followed by others. */
function deflate(bytes: Buffer): Buffer {
  const known =
    deflated.get(bytes) ??
    deflateRawSync(bytes, { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_SYNC_FLUSH })
  deflated.set(bytes, known)
  return known
}

function storedBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += LONGEST_BLOCK) {
    const block = bytes.subarray(at, at + LONGEST_BLOCK)
    const head = Buffer.alloc(5)
    head.writeUInt16LE(block.length, 1)
    head.writeUInt16LE(block.length ^ LONGEST_BLOCK, 3)
    blocks.push(head, block)
  }
  return blocks
}
