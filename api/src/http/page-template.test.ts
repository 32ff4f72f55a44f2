import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { bytesOf, fill, readTemplates } from './page-template.ts'

const BUILT =
  '<!doctype html>\n<html lang="en" dir="ltr"><head>é<title>Vestibule</title><link><!--vestibule:head--></head>' +
  '<body data-layout="card"><!--vestibule:page--><p>語</p></body>'

function built(login: string) {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'login.html'), login)
  writeFileSync(join(folder, 'app.html'), BUILT)
  return pathToFileURL(`${folder}/`)
}

test('each place is filled with its pieces, text or bytes, and all else stays', () => {
  const { login } = readTemplates(built(BUILT))
  const places = { html: ['<html>'], title: ['$&', ' ü'], head: [Buffer.from('$1')], body: ['<body>'], data: ['', 'ع'] }
  expect(bytesOf(fill(login, places)).toString()).toBe(
    '<!doctype html>\n<html><head>é$& ü<link>$1</head><body>ع<p>語</p></body>',
  )
})

test.each(['<title>Vestibule</title>', '<!--vestibule:page-->'])('a page without %s is no page of ours', (mark) => {
  expect(() => readTemplates(built(BUILT.replace(mark, '')))).toThrow(`login.html lacks ${mark}`)
})
