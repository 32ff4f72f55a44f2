import { expect, test } from 'vitest'
import type { ApplicationId, OrganizationId } from '../../domain/ids.ts'
import type { Trace } from '../../domain/traces/trace.ts'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { NOW, nextId } from '../testing/rows.ts'
import { traceRepository } from './traces.ts'

const trace = (more: Partial<Trace> = {}): Trace => ({
  id: nextId('trace'),
  at: NOW,
  path: 'authorize',
  owner: 'org_acme' as OrganizationId,
  applicationId: 'app_shop' as ApplicationId,
  clientId: 'shop',
  error: 'invalid_request',
  check: 'redirect_uri',
  reason: 'mismatch',
  expected: 'https://shop.test/cb',
  got: 'https://shop.test/cb/',
  ...more,
})

describeOnEveryDatabase('traces', (open) => {
  const opened = async () => {
    const db = await open()
    const traces = traceRepository(db)
    const add = async (more?: Partial<Trace>) => {
      const row = trace(more)
      await db.transaction((tx) => traces.create(tx, row))
      return row
    }
    return { traces, add }
  }

  test('one is found by its id, as it was written', async () => {
    const { traces, add } = await opened()
    const row = await add({ expected: null, got: null, clientId: null, applicationId: null, owner: 'instance' })
    expect(await traces.find(row.id)).toEqual(row)
    expect(await traces.find('another')).toBeNull()
  })

  test('an application has its last ones, newest first, and no others', async () => {
    const { traces, add } = await opened()
    const rows = [await add({ at: NOW - 2 }), await add({ at: NOW }), await add({ at: NOW - 1 })]
    await add({ applicationId: 'app_other' as ApplicationId })
    await add({ owner: 'org_other' as OrganizationId })
    const { applicationId, owner } = rows[0]!
    const of = { applicationId: applicationId!, owner }
    expect(await traces.listOfApplication(of, 9)).toEqual([rows[1], rows[2], rows[0]])
    expect(await traces.listOfApplication(of, 1)).toEqual([rows[1]])
  })
})
