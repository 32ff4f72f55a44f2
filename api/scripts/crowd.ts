/**
 * Fills the database of a data directory with people who are signed in: `node api/scripts/crowd.ts DATA_DIR PEOPLE`. For measurements;
 * the schema is there already, and nobody else has it open.
 */
import { join } from 'node:path'
import { addCrowd } from '../src/persistence/testing/crowd.ts'

const MONTH = 30 * 86_400_000
const [folder = '', people = ''] = process.argv.slice(2)
addCrowd(join(folder, 'vestibule.db'), Number(people), Date.now() + MONTH)
