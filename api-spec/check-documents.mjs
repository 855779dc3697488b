// Validates the bundled documents that the Maven build wrote: OpenAPI with Redocly's rules for the specification,
// AsyncAPI with the parser of its makers. Prints every finding; exits 1 when there is an error.
import { readFile } from 'node:fs/promises';
import { Parser } from '@asyncapi/parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const folder = new URL('target/generated-resources/contract/dev/cantora/api/', import.meta.url);
const read = (name) => readFile(new URL(name, folder), 'utf8');
const findings = [];

const config = await createConfig({ extends: ['spec'] });
for (const problem of await lintFromString({ source: await read('openapi.json'), absoluteRef: 'openapi.json', config })) {
  if (problem.severity === 'error') {
    findings.push(`openapi ${problem.location?.[0]?.pointer ?? ''}: ${problem.message} (${problem.ruleId})`);
  }
}

const { document, diagnostics } = await new Parser().parse(await read('asyncapi.json'));
for (const problem of diagnostics.filter((diagnostic) => diagnostic.severity === 0)) {
  findings.push(`asyncapi /${problem.path.join('/')}: ${problem.message} (${problem.code})`);
}
if (document?.channels().length !== 2) findings.push('asyncapi: expected the channels live and jam');

findings.forEach((finding) => console.error(finding));
if (findings.length > 0) process.exit(1);
console.log('openapi.json and asyncapi.json are valid');
