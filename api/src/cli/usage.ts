export const USAGE = `usage: vestibule <command>

  start                               open the door: serve until a signal comes
  migrate                             bring the database up to date
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
  doctor                              check settings, files, database, keys, log and clock
  help                                this

Settings come from the environment and from a .env file. The commands work while the server runs.
Exit code: 0 done, 1 failed, 2 refused because of what was typed or what the file says.`
