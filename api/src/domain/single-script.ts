/** Alphabets with letters that look alike. */
const LOOK_ALIKE = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]

/** Whether letters of two alphabets that look alike stand together, as nobody writes but who imitates a name (UTS 39, 5.1). */
export const mixesLookAlikes = (name: string): boolean => LOOK_ALIKE.filter((script) => script.test(name)).length > 1
