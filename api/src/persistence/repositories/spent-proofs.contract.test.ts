import { expect, test } from 'vitest'
import { describeOnEveryDatabase } from '../testing/databases.ts'
import { LATER, race } from '../testing/rows.ts'
import { spentProofRepository } from './spent-proofs.ts'

describeOnEveryDatabase('spent proofs', (open) => {
  test('of those who bring the same work, one spends it', async () => {
    const db = await open()
    const proofs = spentProofRepository(db)
    const all = await race(db, 10, (tx) => proofs.spend(tx, { id: 'work', expiresAt: LATER }))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect([await proofs.isSpent('work'), await proofs.isSpent('other work')]).toEqual([true, false])
    expect(await db.transaction((tx) => proofs.spend(tx, { id: 'other work', expiresAt: LATER }))).toBe(true)
  })
})
