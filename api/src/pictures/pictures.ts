import { MOST_PICTURE_PIXELS } from '@vestibule/shared/picture.ts'
import { createQueue } from '../queue.ts'

export type Pictures = {
  /**
   * Any image that somebody sent, drawn anew as a square WebP without anything else that was in the file. Null when it is no image, or
   * one that nobody needs so large. @throws Unavailable when too many wait
   */
  toSquare(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null>
}

/** Pixels at an edge. */
const EDGE = 256
/** What decoding may cost besides: pixels of an edge, and seconds. */
const LONGEST_EDGE = 10_000
const LONGEST_TIME = 5
/** Each holds its pixels in memory, so few are drawn at once and few may wait. */
const WIDTH = 1
const MOST_WAITING = 8

/** Only these are ever opened; what a file calls itself does not count. */
const LOADERS = ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer']

export function createPictures(): Pictures {
  const queue = createQueue(WIDTH, MOST_WAITING)
  let loaded: Promise<typeof import('sharp').default> | undefined
  // loaded when the first picture comes: most servers never see one
  const load = async () => {
    const { default: sharp } = await import('sharp')
    sharp.cache(false)
    sharp.concurrency(1)
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: LOADERS })
    return sharp
  }
  return {
    toSquare: (bytes) =>
      queue.run(async () => {
        loaded ??= load()
        const sharp = await loaded
        try {
          const image = sharp(bytes, { limitInputPixels: MOST_PICTURE_PIXELS, failOn: 'error', pages: 1 })
          const { width, height } = await image.metadata()
          if (Math.max(width, height) > LONGEST_EDGE) return null
          const square = image.autoOrient().resize(EDGE, EDGE, { fit: 'cover' }).timeout({ seconds: LONGEST_TIME })
          return new Uint8Array(await square.webp({ quality: 85 }).toBuffer())
        } catch {
          // whatever the decoder stumbled over: it is no picture for us
          return null
        }
      }),
  }
}
