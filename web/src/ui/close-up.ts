/** Between a number and a word of Han characters there is no space: `Intl` writes "15 分", and everybody else "15分". */
export const closeUp = (words: string): string => words.replaceAll(/(?<=\d)[ \u00a0](?=\p{Script=Han})/gu, '')
