import { defaultPolicy, type PolicyKind } from '@vestibule/shared/policies.ts'
import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { addOrganization, NOW } from '../testing/rows.ts'
import { policyRepository } from './policies.ts'

describeOnEveryDatabase('policies', (open) => {
  const scene = async () => {
    const db = await open()
    const policies = policyRepository(db)
    const acme = await addOrganization(db)
    const set = (owner: string, value: object, kind: PolicyKind = 'password') =>
      db.transaction((tx) => policies.set(tx, { owner, kind, value, updatedAt: NOW }))
    return { policies, acme, set }
  }

  test('the own one counts before the instance’s, and that before the product’s', async () => {
    const { policies, acme, set } = await scene()
    expect(await policies.resolve('password', acme)).toEqual({ value: defaultPolicy('password'), source: 'default' })
    await set('instance', { minLength: 14 })
    expect(await policies.resolve('password', acme)).toMatchObject({ value: { minLength: 14 }, source: 'instance' })
    await set(acme, { minLength: 16 })
    expect(await policies.resolve('password', acme)).toMatchObject({ value: { minLength: 16 }, source: 'organization' })
    expect(await policies.resolve('password', null)).toMatchObject({ value: { minLength: 14 }, source: 'instance' })
  })

  test('it is owned whole: what an organization leaves out has its default, not the instance’s value', async () => {
    const { policies, acme, set } = await scene()
    await set('instance', { minLength: 14, history: 5 })
    await set(acme, { minLength: 16 })
    expect((await policies.resolve('password', acme)).value).toEqual({ ...defaultPolicy('password'), minLength: 16 })
  })

  test('kinds and owners are kept apart', async () => {
    const { policies, acme, set } = await scene()
    await set(acme, { maxFailures: 3 }, 'lockout')
    await set('org_other', { minLength: 20 })
    expect((await policies.resolve('password', acme)).source).toBe('default')
    expect((await policies.resolve('lockout', acme)).value.maxFailures).toBe(3)
  })
})
