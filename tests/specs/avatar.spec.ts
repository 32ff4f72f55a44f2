import { arrive, signIn } from '../flows/sign-in.ts'
import { profileScreen } from '../screens/profile.ts'
import { residents } from '../support/people.ts'
import { largeBitmap } from '../support/pictures.ts'
import { expect, test } from '../support/test.ts'

const [pola, piet] = residents as [(typeof residents)[0], (typeof residents)[0]]
const PHOTO = { name: 'me.bmp', mimeType: 'image/bmp', buffer: largeBitmap() }

for (const [locale, person, said, undone] of [
  ['en-GB', pola, 'Your new picture is there.', 'Everything is as it was.'],
  ['ja-JP', piet, '新しい画像になりました。', '元に戻しました。'],
] as const)
  test(`${locale}: a photograph of any size is looked at, taken, seen by applications, removed, and put back`, async ({
    browser,
    baseURL,
    ledger,
    world,
  }) => {
    const context = await browser.newContext({ ...(baseURL ? { baseURL } : {}), locale })
    const page = await context.newPage()
    await page.goto('/account/profile')
    await signIn(page, person)
    const { picture } = profileScreen(page)
    await expect(picture.initials).toBeVisible()

    await picture.file.setInputFiles({ ...PHOTO, name: 'notes.bmp', buffer: Buffer.from('no picture at all') })
    await expect(picture.error).toBeVisible()
    await picture.file.setInputFiles(PHOTO)
    await expect(picture.shown).toHaveAttribute('src', /^data:/)
    await expect(picture.error).toHaveCount(0)
    await expect(picture.inTheMenu).toHaveCount(0)
    await picture.take.click()
    await expect(picture.notice).toHaveText(said)
    await expect(picture.shown).toHaveAttribute('src', /^\/avatars\//)
    await expect(picture.inTheMenu).toHaveJSProperty('naturalWidth', 256)

    const request = await arrive(page, ledger, { scope: 'openid profile' })
    const { access_token } = await ledger.redeem(request, await ledger.answer(page, request))
    const userinfo = await fetch(`${world.origin}/oidc/v1/userinfo`, {
      headers: { authorization: `Bearer ${access_token}` },
    })
    const claim = ((await userinfo.json()) as { picture: string }).picture
    expect((await fetch(claim)).headers.get('content-type')).toBe('image/webp')

    await page.goto('/account/profile')
    await picture.other.click()
    await expect(picture.initials).toBeVisible()
    expect((await fetch(claim)).status).toBe(404)
    await picture.other.click()
    await expect(picture.notice).toHaveText(undone)
    await page.reload()
    await expect(picture.shown).toHaveJSProperty('naturalWidth', 256)
    await expect(picture.inTheMenu).toBeVisible()
    await context.close()
  })
