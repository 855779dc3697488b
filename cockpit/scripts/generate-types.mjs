// Generates src/generated/ from the contract in ../api-spec: one TypeScript type per schema of schemas/*.yaml (REST and
// sockets alike), and the error catalogue's codes. Run by `npm run generate`, before every build and test.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const spec = process.env.CANTORA_SPEC_DIR ?? path.resolve(here, '../../api-spec');
const target = path.resolve(here, '../src/generated');
const banner = '// Generated from api-spec by scripts/generate-types.mjs. Not committed; do not edit.\n';

const schemas = await readSchemas(path.join(spec, 'schemas'));
const asyncapi = await readYaml(path.join(spec, 'asyncapi.yaml')).catch(() => ({}));
for (const [name, schema] of Object.entries(asyncapi.components?.schemas ?? {})) {
  schemas[name] ??= localReferences(schema);
}

await mkdir(target, { recursive: true });
await writeFile(path.join(target, 'wire.ts'), banner + (await wireTypes(schemas)));
await writeFile(path.join(target, 'error-codes.ts'), banner + errorCodes(await readYaml(path.join(spec, 'errors.yaml'))));

async function readYaml(file) {
  return parse(await readFile(file, 'utf8'), { maxAliasCount: 10_000 });
}

async function readSchemas(folder) {
  const all = {};
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()) {
    for (const [name, schema] of Object.entries(await readYaml(path.join(folder, file)))) {
      if (name in all) throw new Error(`${file}: schema ${name} is defined twice`);
      all[name] = localReferences(schema);
    }
  }
  return all;
}

/** References between files become references inside the one document that openapi-typescript reads. */
function localReferences(node) {
  if (Array.isArray(node)) return node.map(localReferences);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === '$ref') return [key, `#/components/schemas/${value.split('/').at(-1)}`];
      if (key === 'mapping') return [key, localMapping(value)];
      return [key, localReferences(value)];
    }),
  );
}

function localMapping(mapping) {
  return Object.fromEntries(
    Object.entries(mapping).map(([tag, ref]) => [tag, `#/components/schemas/${ref.split('/').at(-1)}`]),
  );
}

async function wireTypes(all) {
  const document = { openapi: '3.1.0', info: { title: 'wire', version: '2' }, paths: {}, components: { schemas: all } };
  const nodes = await openapiTS(JSON.stringify(document), { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false, silent: true });
  return astToString(nodes);
}

function errorCodes(catalogue) {
  const codes = catalogue.codes.map((entry) => entry.code);
  return `export const ERROR_CODES = ${JSON.stringify(codes, null, 2)} as const;\n`
    + 'export type ErrorCode = (typeof ERROR_CODES)[number];\n';
}
