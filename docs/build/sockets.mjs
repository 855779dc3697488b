// The AsyncAPI document as a page: per socket, per direction, each message with its fields and bounds.
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'

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

const cell = (text) => String(text ?? '').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('{', '&#123;').replace(/\s+/g, ' ').trim()

function typeOf(schema) {
  if (!schema) return ''
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(' ')
  return [].concat(schema.type ?? (schema.oneOf || schema.anyOf ? 'one of several' : 'object')).join(' or ')
}

function bounds(schema) {
  if (!schema) return ''
  const parts = []
  if (schema.minimum !== undefined || schema.maximum !== undefined) parts.push(`${schema.minimum ?? ''}..${schema.maximum ?? ''}`)
  if (schema.exclusiveMinimum !== undefined) parts.push(`> ${schema.exclusiveMinimum}`)
  if (schema.minLength !== undefined || schema.maxLength !== undefined) parts.push(`${schema.minLength ?? 0}..${schema.maxLength ?? ''} characters`)
  if (schema.minItems !== undefined || schema.maxItems !== undefined) parts.push(`${schema.minItems ?? 0}..${schema.maxItems ?? ''} items`)
  if (schema.pattern) parts.push(`\`${schema.pattern}\``)
  if (schema.default !== undefined) parts.push(`default \`${JSON.stringify(schema.default)}\``)
  return cell(parts.join(', '))
}

function fields(documents, schema, path, out = new Map()) {
  const { node, path: at } = documents.follow(schema, path)
  for (const part of node?.allOf ?? []) fields(documents, part, at, out)
  const required = new Set(node?.required ?? [])
  for (const [name, property] of Object.entries(node?.properties ?? {})) {
    const target = documents.follow(property, at)
    out.set(name, { schema: { ...target.node, ...(property.$ref ? { description: property.description ?? target.node?.description } : {}) },
      required: required.has(name) })
  }
  return out
}

function messageSection(documents, key, message, path) {
  const payload = documents.follow(message.payload, path)
  const rows = [...fields(documents, message.payload, path)].map(([name, { schema, required }]) =>
    `| \`${name}\`${required ? '' : '?'} | ${typeOf(schema)} | ${bounds(schema)} | ${cell(schema.description)} |`)
  const description = message.summary ?? message.description ?? payload.node?.description ?? ''
  return [`### ${message.name ?? key}`, '', cell(description), '',
    ...(rows.length ? ['| Field | Type | Bounds | |', '|---|---|---|---|', ...rows, ''] : [])].join('\n')
}

export function socketsPage(file) {
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
  }
  return `${parts.join('\n')}\n`
}
