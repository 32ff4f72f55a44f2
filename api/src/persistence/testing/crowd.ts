import Sqlite from 'better-sqlite3'

/** Names of the person with this number, for those who look one up. */
export const crowdNames = (n: number) => ({
  userId: `usr_${n}`,
  email: `user${n}@example.test`,
  cookieHash: `cookie${n}`,
  tokenHash: `token${n}`,
})

/**
 * Fills a migrated SQLite file: so many people in a hundred organizations, each with a name, an address, a password, a browser, two
 * sessions and a grant with tokens. All of it ends at `now` plus a millisecond for each person.
 */
export function addCrowd(file: string, people: number, now: number): void {
  const connection = new Sqlite(file)
  connection.pragma('foreign_keys = ON')
  connection.pragma('synchronous = OFF')
  connection.exec(`
    begin;
    create temp table n (i integer primary key);
    insert into n with recursive c(i) as (select 0 union all select i + 1 from c where i < ${people - 1}) select i from c;

    insert into organizations (id, name, primary_domain, is_default, created_at)
      select 'org_' || i, 'Organization ' || i, 'o' || i || '.test', i = 99, ${now} from n where i < 100;
    insert into organization_domains (domain, organization_id, verified_at)
      select 'o' || i || '.test', 'org_' || i, ${now} from n where i < 100;
    insert into applications (id, organization_id, name, type, client_id, secret_hashes, redirect_uris,
        post_logout_redirect_uris, grant_types, settings, created_at)
      select 'app_' || i, 'org_' || i, 'A', 'web', 'client' || i, '[]', '[]', '[]', '[]', '{}', ${now} from n where i < 100;
    insert into policies (owner, kind, value, updated_at) select 'org_' || i, 'login', '{}', ${now} from n where i < 100;

    insert into users (id, organization_id, kind, subject, display_name, profile, created_at, updated_at)
      select 'usr_' || i, 'org_' || (i % 100), 'human', 'usr_' || i, 'User ' || i, '{}', ${now}, ${now} from n;
    insert into identifiers (organization_id, kind, value, user_id, verified_at)
      select 'org_' || (i % 100), 'email', 'user' || i || '@example.test', 'usr_' || i, ${now} from n;
    insert into identifiers (organization_id, kind, value, user_id)
      select 'org_' || (i % 100), 'username', 'user' || i, 'usr_' || i from n;
    insert into credentials (id, user_id, type, secret, created_at, changed_at)
      select 'crd_' || i, 'usr_' || i, 'password', 'hash', ${now}, ${now} from n;
    insert into consents (user_id, application_id, scopes, granted_at)
      select 'usr_' || i, 'app_' || (i % 100), '["openid"]', ${now} from n;

    insert into devices (id, token_hash, user_agent, created_at, last_seen_at)
      select 'dev_' || i, 'cookie' || i, 'Firefox', ${now}, ${now} + i from n;
    insert into sessions (id, device_id, user_id, login_name, checks, created_at, last_used_at, expires_at)
      select 'ses_' || i, 'dev_' || i, 'usr_' || i, 'user' || i, '[]', ${now}, ${now}, ${now} + i from n;
    insert into sessions (id, device_id, user_id, login_name, checks, created_at, last_used_at, expires_at)
      select 'ses_other_' || i, 'dev_' || i, 'usr_' || ((i + 1) % ${people}), 'x', '[]', ${now}, ${now}, ${now} + i from n;
    insert into grants (id, application_id, user_id, session_id, issuer, scopes, offline, auth_time, acr, amr, created_at, expires_at)
      select 'grt_' || i, 'app_' || (i % 100), 'usr_' || i, 'ses_' || i, 'i', '["openid"]', 0, ${now}, 'aal1', '[]', ${now}, ${now} + i
      from n;
    insert into access_tokens (token_hash, grant_id, scopes, expires_at)
      select 'token' || i, 'grt_' || i, '["openid"]', ${now} + i from n;
    insert into refresh_tokens (token_hash, grant_id, application_id, issuer, expires_at, absolute_expires_at)
      select 'token' || i, 'grt_' || i, 'app_' || (i % 100), 'i', ${now} + i, ${now} + i from n;
    commit;`)
  connection.close()
}
