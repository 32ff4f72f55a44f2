import sharp from 'sharp'

const drawing = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#1c5c50' }, limitInputPixels: false })

/** Files as people send them, and as attackers do. */
export const PICTURES = {
  png: () => drawing(300, 200).png().toBuffer(),
  /** Another one. */
  other: () => drawing(200, 300).negate().png().toBuffer(),
  jpeg: () =>
    drawing(300, 200)
      .withExif({ IFD0: { Artist: 'the canary', Software: 'Camera 1' } })
      .jpeg()
      .toBuffer(),
  webp: () => drawing(300, 200).webp().toBuffer(),
  gif: () => drawing(300, 200).gif().toBuffer(),
  svg: (inside = '<rect width="60" height="60" fill="red"/>') =>
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">${inside}</svg>`),
  /** One pixel wide and absurdly tall. */
  thread: () => drawing(1, 100_000).png().toBuffer(),
  /** A few kilobytes that claim many megapixels. */
  bomb: () => drawing(5_000, 5_000).png({ compressionLevel: 9 }).toBuffer(),
  tiff: () => drawing(30, 20).tiff().toBuffer(),
}
