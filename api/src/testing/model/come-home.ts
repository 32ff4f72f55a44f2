import { goHome } from './account-verbs.ts'
import type { Person } from './cast.ts'
import { goThrough } from './go-through.ts'
import { enterPassword, identify } from './login-verbs.ts'
import { type Choice, pick } from './play.ts'
import type { Stage } from './stage.ts'

/** Whose the account pages are in this browser; where they are closed somebody signs in there first. */
export async function comeHome(stage: Stage, choice: Choice): Promise<Person | null> {
  const { browser, a } = choice
  const person = await goHome(stage, browser)
  if (person) return person
  const request = stage.requests.findLast((one) => one.browser === browser && !one.isOver)
  if (!request || request.application) return null
  const { loginName, password } = pick(stage.people, a)!
  // a proof is known by its moment, and there may have been one in this already
  stage.world.clock.advance(1)
  await identify(stage, browser, request, loginName)
  await goThrough(stage, request, await enterPassword(stage, browser, request, password), choice)
  return goHome(stage, browser)
}
