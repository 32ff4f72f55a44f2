/** A link that may be shown: https only, at use as well, because a row may have come in another way. */
export const webLink = (link: string | null | undefined): string | null =>
  link?.startsWith('https://') && URL.canParse(link) ? link : null
