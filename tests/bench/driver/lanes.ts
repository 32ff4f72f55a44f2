import { Connection } from './connection.ts'

/** How many connections are busy at the same time: enough to keep the server's core from waiting for the driver. */
export const LANES = 8

/** Does `count` pieces of work on parallel connections, one at a time on each. Rejects with the first failure. */
export async function inLanes(
  port: number,
  count: number,
  work: (connection: Connection, lane: number) => Promise<void>,
): Promise<void> {
  const connections = await Promise.all(Array.from({ length: LANES }, () => Connection.open(port)))
  let left = count
  try {
    await Promise.all(
      connections.map(async (connection, lane) => {
        while (left-- > 0) await work(connection, lane)
      }),
    )
  } finally {
    for (const connection of connections) connection.close()
  }
}
