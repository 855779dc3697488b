// The AsyncAPI document as a page: per socket, per direction, each message with its fields and bounds.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'

const MOST_DEPTH = 3

/** Reads a document and follows its references, into other files too. */
class Documents {
  #files = new Map()

  read(path) {
    if (!this.#files.has(path)) this.#files.set(path, parse(readFileSync(path, 'utf8')))
    return this.#files.get(path)
  }

  /** Follows `$ref` until something else stands there; returns it with the file it stands in. */
  follow(node, path) {
    while (node && typeof node === 'object' && '$ref' in node) {
      const [file, pointer = ''] = node.$ref.split('#')
      if (file) path = resolve(dirname(path), file)
      node = pointer.split('/').filter(Boolean)
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .reduce((at, part) => at?.[part], this.read(path))
    }
    return { node, path }
  }
}

/** Text of a table's cell. Vue would take double braces for its own; inside of code it takes nothing. */
const cell = (text) => String(text ?? '').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{{', '&#123;&#123;').replace(/\s+/g, ' ').trim()
const code = (text) => `\`${String(text).replaceAll('|', '\\|')}\``

function typeOf(schema) {
  if (!schema) return ''
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum) return schema.enum.map(code).join(' ')
  return [].concat(schema.type ?? (schema.oneOf || schema.anyOf ? 'one of several' : 'object')).join(' or ')
}

function bounds(schema) {
  if (!schema) return ''
  const parts = []
  if (schema.minimum !== undefined || schema.maximum !== undefined) parts.push(`${schema.minimum ?? ''}..${schema.maximum ?? ''}`)
  if (schema.exclusiveMinimum !== undefined) parts.push(`> ${schema.exclusiveMinimum}`)
  if (schema.minLength !== undefined || schema.maxLength !== undefined) parts.push(`${schema.minLength ?? 0}..${schema.maxLength ?? ''} characters`)
  if (schema.minItems !== undefined || schema.maxItems !== undefined) parts.push(`${schema.minItems ?? 0}..${schema.maxItems ?? ''} items`)
  if (schema.pattern) parts.push(code(schema.pattern))
  if (schema.default !== undefined) parts.push(`default ${code(JSON.stringify(schema.default))}`)
  return parts.join(', ')
}

function fields(documents, schema, path, out = new Map()) {
  const { node, path: at } = documents.follow(schema, path)
  for (const part of node?.allOf ?? []) fields(documents, part, at, out)
  const required = new Set(node?.required ?? [])
  for (const [name, property] of Object.entries(node?.properties ?? {})) {
    const target = documents.follow(property, at)
    out.set(name, {
      schema: { ...target.node, ...(property.$ref ? { description: property.description ?? target.node?.description } : {}) },
      path: target.path, required: required.has(name), since: property['x-cantora-since'],
    })
  }
  return out
}

/** Rows of a table: the fields, and those of objects and of arrays' items inside of them. */
function rows(documents, schema, path, prefix = '', depth = 0) {
  return [...fields(documents, schema, path)].flatMap(([name, { schema: own, path: at, required, since }]) => {
    const row = `| ${code(prefix + name)}${required ? '' : '?'} | ${typeOf(own)} | ${bounds(own)} | ${cell(own.description)}${since ? ` Since ${since}.` : ''} |`
    if (depth === MOST_DEPTH) return [row]
    const items = own.items && documents.follow(own.items, at)
    return [row,
      ...(own.properties || own.allOf ? rows(documents, own, at, `${prefix}${name}.`, depth + 1) : []),
      ...(items?.node?.properties || items?.node?.allOf ? rows(documents, items.node, items.path, `${prefix}${name}[].`, depth + 1) : [])]
  })
}

/** The contract's own example, else one of what is required, by its bounds. */
function exampleOf(documents, schema, path, depth = 0) {
  const { node, path: at } = documents.follow(schema, path)
  if (!node) return null
  if (node.examples) return node.examples[0]
  if (node.const !== undefined) return node.const
  if (node.default !== undefined) return node.default
  if (node.enum) return node.enum[0]
  const type = [].concat(node.type ?? 'object')[0]
  if (node.oneOf || node.anyOf) return exampleOf(documents, (node.oneOf ?? node.anyOf)[0], at, depth)
  if (type === 'string') return 'text'
  if (type === 'integer' || type === 'number') return node.minimum ?? node.exclusiveMinimum ?? 0
  if (type === 'boolean') return true
  if (type === 'null') return null
  if (type === 'array') return (node.minItems ?? 0) > 0 || depth < 2 ? [exampleOf(documents, node.items, at, depth + 1)] : []
  return Object.fromEntries([...fields(documents, node, at)].filter(([, field]) => field.required)
    .map(([name, field]) => [name, exampleOf(documents, field.schema, field.path, depth + 1)]))
}

function messageSection(documents, key, message, path) {
  const payload = documents.follow(message.payload, path)
  const table = rows(documents, message.payload, path)
  const description = message.summary ?? message.description ?? payload.node?.description ?? ''
  const since = message['x-cantora-since'] ?? payload.node?.['x-cantora-since']
  const json = message.contentType === undefined || message.contentType.includes('json')
  return [`### ${message.name ?? key}`, '', `${cell(description)}${since ? ` Since ${since}.` : ''}`, '',
    ...(message.summary && message.description ? [message.description, ''] : []),
    ...(json && table.length ? ['```json', JSON.stringify(exampleOf(documents, message.payload, path)), '```', ''] : []),
    ...(table.length ? ['| Field | Type | Bounds | |', '|---|---|---|---|', ...table, ''] : [])].join('\n')
}

/** Codes of the catalogue that a socket of this scope answers with. */
function codesSection(catalogue, scope) {
  const codes = (catalogue.codes ?? []).filter((entry) => entry.scopes?.includes(scope))
  if (codes.length === 0) return []
  return ['### Error codes', '', ...codes.map(({ code: name, cause }) => `- [\`${name}\`](../handbook/error-codes#${name}): ${cell(cause)}`), '']
}

/** @param file the document @param catalogue of error codes, parsed */
export function socketsPage(file, catalogue = {}) {
  const documents = new Documents()
  const root = documents.read(file)
  const parts = ['<!-- Made from api-spec/asyncapi.yaml by docs/build; edit that. -->', '', '# Socket reference', '', root.info?.description ?? '', '']
  for (const [channelName, channelRef] of Object.entries(root.channels ?? {})) {
    const { node: channel } = documents.follow(channelRef, file)
    parts.push(`## \`${channel.address ?? channelName}\``, '', channel.description ?? '', '')
    for (const operationRef of Object.values(root.operations ?? {})) {
      const operation = documents.follow(operationRef, file).node
      if (!operation.channel?.$ref?.endsWith(`/channels/${channelName}`)) continue
      const direction = operation.action === 'receive' ? 'From the client' : 'From the daemon'
      parts.push(`## ${direction}, \`${channel.address ?? channelName}\``, '')
      for (const [index, reference] of (operation.messages ?? Object.values(channel.messages ?? {})).entries()) {
        const { node: message, path } = documents.follow(reference, file)
        if (message) parts.push(messageSection(documents, String(index), message, path))
      }
    }
    parts.push(...codesSection(catalogue, channel['x-cantora-scope'] ?? channelName))
  }
  return `${parts.join('\n')}\n`
}
