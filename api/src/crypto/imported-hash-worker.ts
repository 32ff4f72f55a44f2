import { parentPort, workerData } from 'node:worker_threads'
import { verifyImportedHash } from './imported-hash.ts'

const { stored, password } = workerData as { stored: string; password: string }
parentPort!.postMessage(verifyImportedHash(stored, password))
