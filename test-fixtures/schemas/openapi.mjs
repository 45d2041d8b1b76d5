// GitHub's OpenAPI 3.0 description as JSON Schemas (draft 2020-12) that take no unknown member.

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const SAYS_NOTHING = /^(title|description|example|examples|default|deprecated|discriminator|externalDocs|format|nullable|readOnly|x-.*)$/;

/** Adds the schemas of the wanted operations, and gives the operations with the names of their schemas. */
export function githubOperations(document, wanted, comment, schemas) {
  return wanted.map((operation) => {
    const [method, template] = operation.split(' ');
    const found = document.paths[template]?.[method.toLowerCase()];
    if (!found) {
      throw new Error(`operations.json: ${operation}: not in GitHub's description`);
    }
    const name = `github-${found.operationId.replaceAll('/', '-')}`;
    const add = (suffix, schema) => {
      schemas.set(`${name}-${suffix}`, { $schema: DIALECT, $comment: `${comment} ${operation}`, ...whole(document, schema) });
      return `${name}-${suffix}`;
    };
    const body = resolve(document, found.requestBody);
    const responses = Object.entries(found.responses)
      .map(([status, response]) => [status, resolve(document, response).content?.['application/json']?.schema])
      .filter(([, schema]) => schema !== undefined)
      .map(([status, schema]) => [status, add(status, schema)]);
    return {
      provider: 'github',
      method,
      path: template,
      query: query(document, found.parameters ?? []),
      request: body && add('request', body.content['application/json'].schema),
      optional: body ? !body.required : false,
      form: false,
      responses: Object.fromEntries(responses),
    };
  });
}

function resolve(document, value) {
  return value?.$ref ? value.$ref.slice(2).split('/').reduce((at, key) => at[key], document) : value;
}

/** The query as an object of texts, as it is in a URL. */
function query(document, parameters) {
  const own = parameters.map((parameter) => resolve(document, parameter)).filter((parameter) => parameter.in === 'query');
  const schema = ({ type, enum: values }) => {
    if (values) return { enum: values.map(String) };
    if (type === 'integer') return { pattern: '^[0-9]+$' };
    return type === 'boolean' ? { enum: ['true', 'false'] } : {};
  };
  return {
    type: 'object',
    properties: Object.fromEntries(own.map((parameter) => [parameter.name, schema(parameter.schema)])),
    required: own.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    additionalProperties: false,
  };
}

/** The schema with everything that it refers to. */
function whole(document, schema) {
  const $defs = {};
  const refer = (reference, closed) => {
    const name = reference.split('/').pop() + (closed ? '' : '-open');
    if (!(name in $defs)) {
      $defs[name] = true; // while it is converted, should it refer to itself
      $defs[name] = convert(resolve(document, { $ref: reference }), closed, refer);
    }
    return `#/$defs/${name}`;
  };
  return { ...convert(schema, true, refer), $defs };
}

/** @param closed whether a member that the schema does not name is wrong: not so for the parts of an allOf. */
function convert(schema, closed, refer) {
  if (schema.$ref) {
    return { $ref: refer(schema.$ref, closed) };
  }
  const composed = schema.allOf || (schema.properties && (schema.anyOf || schema.oneOf));
  const part = (inner) => convert(inner, closed && !composed, refer);
  const converted = {};
  for (const [key, value] of Object.entries(schema)) {
    if (['type', 'enum', 'required', 'pattern', 'minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength'].includes(key)) {
      converted[key] = value;
    } else if (key === 'properties') {
      converted.properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, convert(inner, true, refer)]));
    } else if (key === 'items' || key === 'additionalProperties') {
      converted[key] = typeof value === 'object' ? convert(value, true, refer) : value;
    } else if (key === 'allOf') {
      converted.allOf = value.map(part);
    } else if (key === 'anyOf' || key === 'oneOf') {
      converted.anyOf = value.map(part); // the branches overlap in places, so that "one" cannot be held
    } else if (!SAYS_NOTHING.test(key)) {
      throw new Error(`GitHub's description: keyword '${key}' is not converted`);
    }
  }
  if (closed && composed) {
    converted.unevaluatedProperties = false;
  } else if (closed && schema.properties && schema.additionalProperties === undefined) {
    converted.additionalProperties = false;
  }
  return schema.nullable ? { anyOf: [converted, { type: 'null' }] } : converted;
}
