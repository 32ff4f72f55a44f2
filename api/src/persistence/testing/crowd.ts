import Sqlite from 'better-sqlite3'
import type { UserId } from '../../domain/ids.ts'

const key = (nth: number) => String(nth).padStart(8, '0')

/** What the person of this number has. */
export const crowdNames = (nth: number) => ({
  id: `usr_${key(nth)}` as UserId,
  email: `user${key(nth)}@example.test`,
  cookieHash: `cookie${key(nth)}`,
  tokenHash: `token${key(nth)}`,
})

/**
 * Fills a migrated SQLite file: so many people, a hundred at least, in a hundred organizations, each with a name, an address, a password,
 * a browser, two sessions, a grant with tokens and an event. All of it ends at `now` plus a millisecond for each person. Ids sort by time.
 */
export function addCrowd(file: string, people: number, now: number): void {
  const connection = new Sqlite(file)
  connection.pragma('foreign_keys = OFF') // each row below comes after those it refers to
  connection.pragma('synchronous = OFF')
  connection.pragma('cache_size = -1000000') // kilobytes: so that each page is written once
  connection.exec(`
    begin;
    create temp table n (i integer primary key, k text, next text, hundredth text);
    insert into n with recursive c(i) as (select 0 union all select i + 1 from c where i < ${people - 1})
      select i, printf('%08d', i), printf('%08d', (i + 1) % ${people}), printf('%08d', i % 100) from c;

    insert into organizations (id, name, primary_domain, is_default, created_at)
      select 'org_' || k, 'Organization', k || '.test', i = 99, ${now} from n where i < 100;
    insert into organization_domains (domain, organization_id, verified_at)
      select k || '.test', 'org_' || k, ${now} from n where i < 100;
    insert into policies (owner, kind, value, updated_at) select 'org_' || k, 'login', '{}', ${now} from n where i < 100;
    insert into applications (id, organization_id, name, type, client_id, secret_hashes, redirect_uris, post_logout_redirect_uris,
        grant_types, settings, created_at)
      select 'app_' || k, 'org_' || k, 'A', 'web', 'client' || k, '[]', '[]', '[]', '[]', '{}', ${now} from n where i < 100;

    insert into users (id, organization_id, kind, subject, display_name, profile, created_at, updated_at)
      select 'usr_' || k, 'org_' || hundredth, 'human', 'usr_' || k, 'User', '{}', ${now}, ${now} from n;
    insert into applications (id, organization_id, name, type, client_id, secret_hashes, redirect_uris, post_logout_redirect_uris,
        grant_types, settings, service_user_id, created_at)
      select 'app_service_' || k, 'org_' || k, 'S', 'service', 'service' || k, '[]', '[]', '[]', '[]', '{}', 'usr_' || k, ${now}
      from n where i < 100;
    insert into identifiers (organization_id, kind, value, user_id, verified_at)
      select 'org_' || hundredth, 'email', 'user' || k || '@example.test', 'usr_' || k, ${now} from n;
    insert into identifiers (organization_id, kind, value, user_id)
      select 'org_' || hundredth, 'username', 'user' || k, 'usr_' || k from n;
    insert into credentials (id, user_id, type, secret, created_at, changed_at)
      select 'crd_' || k, 'usr_' || k, 'password', 'hash', ${now}, ${now} from n;
    insert into consents (user_id, application_id, scopes, granted_at)
      select 'usr_' || k, 'app_' || hundredth, '["openid"]', ${now} from n;

    insert into devices (id, token_hash, user_agent, created_at, last_seen_at)
      select 'dev_' || k, 'cookie' || k, 'Firefox', ${now}, ${now} + i from n;
    insert into sessions (id, device_id, user_id, login_name, checks, created_at, last_used_at, expires_at)
      select 'ses_' || k, 'dev_' || k, 'usr_' || k, 'user', '[]', ${now}, ${now}, ${now} + i from n;
    insert into sessions (id, device_id, user_id, login_name, checks, created_at, last_used_at, expires_at)
      select 'ses_other_' || k, 'dev_' || k, 'usr_' || next, 'user', '[]', ${now}, ${now}, ${now} + i from n;

    insert into grants (id, application_id, user_id, session_id, issuer, scopes, offline, auth_time, acr, amr, created_at, expires_at)
      select 'grt_' || k, 'app_' || hundredth, 'usr_' || k, 'ses_' || k, 'i', '[]', 0, ${now}, 'aal1', '[]', ${now}, ${now} + i from n;
    insert into access_tokens (token_hash, grant_id, scopes, expires_at)
      select 'token' || k, 'grt_' || k, '[]', ${now} + i from n;
    insert into refresh_tokens (token_hash, grant_id, application_id, issuer, expires_at, absolute_expires_at)
      select 'token' || k, 'grt_' || k, 'app_' || hundredth, 'i', ${now} + i, ${now} + i from n;
    insert into events (id, at, type, organization_id, actor, target, person, data, sequence, hash)
      select 'evt_' || k, ${now}, 'user.signed_in', 'org_' || hundredth, 'usr_' || k, 'ses_' || k, 'usr_' || k, '{}', i, 'h' from n;
    commit;`)
  connection.close()
}
