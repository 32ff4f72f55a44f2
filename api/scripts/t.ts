import { generateSQLiteDrizzleJson } from 'drizzle-kit/api'
import * as schema from '../src/persistence/schema.sqlite.ts'
import { readFileSync, writeFileSync } from 'node:fs'
const a=JSON.parse(readFileSync('src/persistence/migrations/sqlite/meta/0000_snapshot.json','utf8'))
const sort=(v:any):any=>Array.isArray(v)?v.map(sort):v&&typeof v==='object'?Object.fromEntries(Object.entries(v).sort(([x],[y])=>x<y?-1:1).map(([k,w])=>[k,sort(w)])):v
writeFileSync('/tmp/a.json',JSON.stringify(sort(a),null,1)); writeFileSync('/tmp/b.json',JSON.stringify(sort(await generateSQLiteDrizzleJson(schema)),null,1))
