import { readFileSync } from 'node:fs'
import type { Download } from '@playwright/test'
import { createRemoteJWKSet, flattenedVerify } from 'jose'
import { leave } from '../flows/leave.ts'
import { enterPassword, signIn } from '../flows/sign-in.ts'
import { activityScreen, dataScreen } from '../screens/own-data.ts'
import { passwordScreen } from '../screens/password.ts'
import { configuration } from '../support/configuration.ts'
import { residents } from '../support/people.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const [, , , , , puck, perla, penn] = residents

type File = { data: Record<string, unknown>; signature: string }
const read = async (download: Download): Promise<File> => JSON.parse(readFileSync(await download.path(), 'utf8'))

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (!value || typeof value !== 'object') return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, canonical((value as Record<string, unknown>)[name])]))
}

/** As docs/guides/own-data.md says it. */
function verify(origin: string, { data, signature }: File) {
  const [header, , mark] = signature.split('.')
  const payload = Buffer.from(JSON.stringify(canonical(data))).toString('base64url')
  const keys = createRemoteJWKSet(new URL(`${origin}/oauth/v2/keys`))
  return flattenedVerify({ protected: header!, payload, signature: mark! }, keys, { algorithms: ['ES256'] })
}

for (const [locale, person, done, said] of [
  ['en-GB', puck!, 'Your data was downloaded.', 'Your data was downloaded'],
  ['fr-FR', perla!, 'Vos données ont été téléchargées.', 'Vos données ont été téléchargées'],
] as const)
  test(`${locale}: everything comes as one signed file, and that is in the activity`, async ({
    browser,
    baseURL,
    world,
  }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account/data')
    await signIn(page, person)
    const screen = dataScreen(page)
    const [download] = await Promise.all([page.waitForEvent('download'), screen.download.click()])
    expect(download.suggestedFilename()).toMatch(/^vestibule-\d{4}-\d\d-\d\d\.json$/)
    await expect(screen.downloaded).toHaveText(done)
    const file = await read(download)
    await verify(world.origin, file)
    expect(file.data).toMatchObject({ account: { displayName: person.name }, cut: [] })
    expect(JSON.stringify(file.data)).toContain(person.email)
    await expect(verify(world.origin, { ...file, data: { ...file.data, cut: ['events'] } })).rejects.toThrow()

    await page.goto('/account/activity')
    await expect(activityScreen(page).rows.first()).toContainText(said)
    await context.close()
  })

test('with an old sign-in the password is asked for, and then the file comes by itself, once', async ({ page }) => {
  const server = await startServer(configuration('http://localhost:1'))
  try {
    await page.goto(`${server.origin}/account/data`)
    await signIn(page, penn!)
    const screen = dataScreen(page)
    await expect(screen.download).toBeVisible()
    await server.restart({ aheadBy: 301 })
    await screen.download.click()
    await expect(passwordScreen(page).reasons).toContainText('confirm that it’s you')
    const [download] = await Promise.all([page.waitForEvent('download'), enterPassword(page)])
    await verify(server.origin, await read(download))
    await expect(page).toHaveURL(`${server.origin}/account/data`)
    await expect(screen.downloaded).toBeVisible()
    await page.reload()
    await expect(screen.download).toBeVisible()
    await expect(screen.downloaded).toHaveCount(0)
  } finally {
    await server.stop()
  }
})

test('it can be had while the account is about to go', async ({ page, world }) => {
  await leave(page, world, penn!)
  const screen = dataScreen(page)
  const [download] = await Promise.all([page.waitForEvent('download'), screen.download.click()])
  await verify(world.origin, await read(download))
})
