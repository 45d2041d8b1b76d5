// node generate.mjs SOURCE TARGET: writes TARGET/<name>.schema.json and TARGET/operations.json.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createGenerator } from 'ts-json-schema-generator';
import { githubOperations } from './openapi.mjs';

const [source, target] = process.argv.slice(2);
const work = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(work, 'node_modules');
const schemas = new Map();

for (const { name, from, sent } of exportedTypes()) {
  schemas.set(kebab(name), { $comment: comment(from), ...schemaOf(name, sent) });
}
for (const file of fs.readdirSync(path.join(source, 'handmade'))) {
  schemas.set(path.basename(file, '.schema.json'), JSON.parse(fs.readFileSync(path.join(source, 'handmade', file), 'utf8')));
}
const wanted = JSON.parse(fs.readFileSync(path.join(source, 'operations.json'), 'utf8'));
const github = JSON.parse(fs.readFileSync(path.join(modules, '@octokit/openapi/generated/api.github.com.json'), 'utf8'));
const operations = [
  ...wanted.described.map(described),
  ...githubOperations(github, wanted.github, comment('@octokit/openapi generated/api.github.com.json'), schemas),
];
for (const [name, schema] of schemas) {
  write(`${name}.schema.json`, schema);
}
write('operations.json', operations);

/** Name and tags of each type that vendor-types.ts exports. */
function exportedTypes() {
  const types = fs.readFileSync(path.join(work, 'vendor-types.ts'), 'utf8');
  return [...types.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export type (\w+)/g)].map(([, tags, name]) => ({
    name,
    from: /@from (.*)/.exec(tags)[1].trim(),
    sent: /@sent (.*)/.exec(tags)?.[1].trim(),
  }));
}

function schemaOf(name, sent) {
  const schema = generator().createSchema(name);
  if (sent) {
    const code = fs.readFileSync(path.join(modules, sent), 'utf8');
    const gone = Object.keys(schema.properties).filter((member) => !new RegExp(`\\b${member}\\b`).test(code));
    if (gone.length > 0) {
      throw new Error(`vendor-types.ts: ${name}: ${sent} no longer mentions ${gone.join(', ')}`);
    }
  }
  return schema;
}

function generator() {
  return (generator.only ??= createGenerator({
    path: path.join(work, 'vendor-types.ts'),
    tsconfig: path.join(work, 'tsconfig.json'),
    additionalProperties: false,
    expose: 'export',
    functions: 'fail',
    jsDoc: 'none',
    topRef: false,
  }));
}

/** An operation of a vendor that publishes no OpenAPI document, in the form of GitHub's. */
function described({ provider, operation, query = [], request, optional = false, form = false, responses }) {
  const [method, template] = operation.split(' ');
  const unknown = [request, ...Object.values(responses)].filter((name) => name !== undefined && !schemas.has(name));
  if (unknown.length > 0) {
    throw new Error(`operations.json: ${operation}: no schema ${unknown.join(', ')}`);
  }
  const parameters = { type: 'object', properties: Object.fromEntries(query.map((name) => [name, {}])), additionalProperties: false };
  return { provider, method, path: template, query: parameters, request, optional, form, responses };
}

/** `@openai/x lib/y.d.ts Type` with the version that is installed. */
function comment(from) {
  const [name, ...rest] = from.split(' ');
  const { version } = JSON.parse(fs.readFileSync(path.join(modules, name, 'package.json'), 'utf8'));
  return `npm ${name} ${version}: ${rest.join(' ')}`;
}

function kebab(name) {
  return name.replace(/[a-z0-9](?=[A-Z])/g, '$&-').toLowerCase();
}

function write(file, content) {
  fs.writeFileSync(path.join(target, file), JSON.stringify(content, null, 1) + '\n');
}
