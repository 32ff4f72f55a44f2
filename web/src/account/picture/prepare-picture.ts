import { MOST_PICTURE_BYTES, MOST_PICTURE_PIXELS, PICTURE_TYPES } from '@vestibule/shared/picture.ts'

/** What will be sent, and how it will look: a `data:` address. */
export type Prepared = { blob: Blob; preview: string }

/** Pixels at an edge of what is drawn here: more than the server keeps. */
const EDGE = 512

/**
 * Any picture that this browser can read; null for what it can not. What the server takes goes as it is; what is larger, as a photograph
 * of a phone is, or of another kind, goes as a square that is cut out here.
 */
export async function preparePicture(file: File): Promise<Prepared | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  const canvas = squareOf(bitmap)
  const isTaken =
    PICTURE_TYPES.includes(file.type) &&
    file.size <= MOST_PICTURE_BYTES &&
    bitmap.width * bitmap.height <= MOST_PICTURE_PIXELS
  bitmap.close()
  return { blob: isTaken ? file : await contentOf(canvas), preview: canvas.toDataURL('image/webp') }
}

/** The middle of it. */
function squareOf(bitmap: ImageBitmap): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: EDGE, height: EDGE })
  const side = Math.min(bitmap.width, bitmap.height)
  const [x, y] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2]
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, x, y, side, side, 0, 0, EDGE, EDGE)
  return canvas
}

/** A browser that writes no WebP writes PNG instead. */
const contentOf = (canvas: HTMLCanvasElement) =>
  new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the canvas is empty'))), 'image/webp', 0.9),
  )
