// Pages that are made from the contract, so that they cannot differ from it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { errorCodesPage } from './error-codes.mjs'
import { decisionsPage } from './decisions.mjs'
import { socketsPage } from './sockets.mjs'

const docs = fileURLToPath(new URL('..', import.meta.url))
const spec = `${docs}../api-spec/`
const yaml = (name) => parse(readFileSync(spec + name, 'utf8'))

writeFileSync(`${docs}handbook/error-codes.md`, errorCodesPage(yaml('errors.yaml')))

const decisions = readdirSync(`${docs}decisions`)
  .filter((name) => /^\d{4}-.*\.md$/.test(name))
  .sort()
  .map((name) => ({ name, text: readFileSync(`${docs}decisions/${name}`, 'utf8') }))
writeFileSync(`${docs}decisions/index.md`, decisionsPage(decisions))

if (existsSync(`${spec}asyncapi.yaml`)) {
  writeFileSync(`${docs}reference/sockets.md`, socketsPage(`${spec}asyncapi.yaml`, yaml('errors.yaml')))
}

mkdirSync(`${docs}public/swagger`, { recursive: true })
copyFileSync(`${docs}../cockpit/public/favicon.svg`, `${docs}public/favicon.svg`)
for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
  copyFileSync(`${docs}node_modules/swagger-ui-dist/${name}`, `${docs}public/swagger/${name}`)
}
