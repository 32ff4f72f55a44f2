/** What an upload of a picture may say it is; what it really is decides. */
export const PICTURE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/webp']

/** Bytes, and pixels: a file of a few bytes can claim any number of them. */
export const MOST_PICTURE_BYTES = 2_097_152
export const MOST_PICTURE_PIXELS = 16_000_000
