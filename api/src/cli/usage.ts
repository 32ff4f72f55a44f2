export const USAGE = `usage: vestibule <command>

  start                               open the door: serve until a signal comes
  migrate                             bring the database up to date
  after-restore                       end the sessions and grants of a restored copy: what ended since would be alive
  apply FILE [--dry-run]              make the instance what the configuration says; print the difference
  keys rotate                         make new signing keys; they are published now and used later
  user set-password LOGINNAME [--organization DOMAIN] [--must-change]
                                      set a password, read from standard input; with --must-change its owner
                                      replaces it at the next sign-in
  user unlock LOGINNAME [--organization DOMAIN]
                                      open an account again that is locked
  service-user key NAME [--days N]    make a key and print its file, which is the only copy
  service-user secret NAME            make a secret in the place of those before, and print it
  service-user token NAME [--days N] [--scope SCOPES]
                                      make an access token, for 90 days and user info unless said otherwise
  trace ID                            say why a request of an application was refused, check by check
  organization list [--state STATE]
  organization create DOMAIN [--name NAME]
  organization deactivate|reactivate DOMAIN
  user list [--organization DOMAIN] [--state STATE]
  user create LOGINNAME [--organization DOMAIN] [--given-name NAME] [--family-name NAME] [--setup-link]
  user show|deactivate|reactivate|lock|delete|sessions|sign-out|factors LOGINNAME [--organization DOMAIN]
  user factor delete LOGINNAME FACTOR [--organization DOMAIN]
  service-user list [--organization DOMAIN] [--state STATE]
  service-user create NAME [--organization DOMAIN] [--name TEXT]
  service-user deactivate|reactivate|delete NAME
  service-user key list NAME
  service-user key delete NAME KEY
  service-user token list NAME
  service-user token delete NAME TOKEN
  application list [--organization DOMAIN] [--state STATE]
  application show|delete CLIENT
  application secret CLIENT [--keep-previous]
  event list [--organization DOMAIN] [--user LOGINNAME] [--since TIME] [--until TIME]
                                      what managers do at /api/v1, in the default organization unless said otherwise;
                                      lists take --limit N and --after CURSOR, and --json prints the whole answer
  doctor                              check settings, files, database, keys, log and clock
  help                                this

Settings come from the environment and from a .env file. The commands work while the server runs.
Exit code: 0 done, 1 failed, 2 refused because of what was typed or what the file says.`
