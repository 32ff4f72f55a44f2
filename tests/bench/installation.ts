import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection } from './driver/connection.ts'
import { meet, type Running } from './flows/running.ts'
import { type Child, freePort, startServer } from './machine/child.ts'
import type { Place, Subject, Synchronous } from './subjects/subject.ts'
import { type Client, createSigningKey } from './world.ts'

/** A subject with its data in a folder of its own, ready to be started as often as needed. */
export type Installation = { subject: Subject; place: Place; client: Client }

/** Folders of installations that were not removed yet. */
const folders = new Set<string>()
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** Installs all subjects under one new temporary folder, with one signing key. Out: them, and what removes the folder. */
export async function install(
  subjects: Subject[],
  synchronous: Synchronous,
): Promise<{ installations: Installation[]; remove: () => void }> {
  const root = mkdtempSync(join(tmpdir(), 'bench-'))
  folders.add(root)
  const remove = () => {
    rmSync(root, { recursive: true, force: true })
    folders.delete(root)
  }
  const signingKey = createSigningKey()
  const installations: Installation[] = []
  try {
    for (const [index, subject] of subjects.entries()) {
      const port = await freePort()
      const place = {
        folder: join(root, String(index)),
        port,
        origin: `http://localhost:${port}`,
        synchronous,
        signingKey,
      }
      mkdirSync(place.folder)
      installations.push({ subject, place, client: await subject.install(place) })
    }
  } catch (error) {
    remove()
    throw error
  }
  return { installations, remove }
}

/** Starts an installed server. Out: the process, and what the relying party learned of it. */
export async function start({ subject, place, client }: Installation): Promise<{ child: Child; running: Running }> {
  const child = await startServer(subject.program(place), place.origin)
  try {
    const connection = await Connection.open(place.port)
    try {
      return { child, running: await meet(subject, { ...place, pid: child.pid, client }, connection) }
    } finally {
      connection.close()
    }
  } catch (error) {
    await child.stop()
    throw error
  }
}
