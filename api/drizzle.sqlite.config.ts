export default {
  dialect: 'sqlite',
  schema: './src/persistence/schema.sqlite.ts',
  out: './src/persistence/migrations/sqlite',
}
