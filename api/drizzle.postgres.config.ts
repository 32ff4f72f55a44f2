export default {
  dialect: 'postgresql',
  schema: './src/persistence/schema.postgres.ts',
  out: './src/persistence/migrations/postgres',
}
