import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import type { Connection } from '../driver/connection.ts'
import { check, expectStatus } from '../driver/expect.ts'
import { request } from '../driver/request.ts'
import type { Subject } from '../subjects/subject.ts'
import type { Client } from '../world.ts'

/** The metadata that the flows need (OpenID Connect Discovery 1.0, 3); a server has those of what it is measured with. */
export type Metadata = {
  issuer: string
  authorization_endpoint: string
  token_endpoint: string
  userinfo_endpoint: string
  introspection_endpoint: string
  revocation_endpoint: string
  pushed_authorization_request_endpoint: string
  jwks_uri: string
}

/** A started server as the relying party knows it. */
export type Running = {
  subject: Subject
  origin: string
  port: number
  pid: number
  client: Client
  metadata: Metadata
  /** The metadata as it came, to compare later answers with. */
  metadataText: string
  keys: ReturnType<typeof createLocalJWKSet>
}

export const DISCOVERY = '/.well-known/openid-configuration'

/** Asks a server for its metadata and keys, as a relying party does once. */
export async function meet(
  subject: Subject,
  server: { origin: string; port: number; pid: number; client: Client },
  connection: Connection,
): Promise<Running> {
  const metadataText = expectStatus(await request(connection, server.origin + DISCOVERY), 200).body
  const metadata = JSON.parse(metadataText) as Metadata
  check(metadata.issuer === server.origin, `the issuer is ${metadata.issuer}`)
  const jwks = JSON.parse(expectStatus(await request(connection, metadata.jwks_uri), 200).body) as JSONWebKeySet
  return { subject, ...server, metadata, metadataText, keys: createLocalJWKSet(jwks) }
}
