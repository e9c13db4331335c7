/**
 * Discord's own description of its REST API, as a judge: whether what was sent and what the stand-in
 * answers would be taken by Discord. Read from outside the project; without it nothing is judged,
 * and the tests that are about it say so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const FILE =
  process.env['HEARD_SPECS'] ?? new URL('../../../../shared/specs', import.meta.url).pathname;
const PATH = `${FILE}/discord_openapi.json`;

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface DescribedApi {
  /** What Discord would find wrong with a request; empty when nothing. */
  readonly request: (method: string, path: string, body: unknown) => readonly string[];
  /** And with the answer to it. */
  readonly answer: (
    method: string,
    path: string,
    status: number,
    body: unknown,
  ) => readonly string[];
  readonly schema: (name: string, value: unknown) => readonly string[];
}

export const WHY_SKIPPED = 'skipped: the description of Discord’s API is not on this machine';
export const isDescribed = existsSync(PATH);

let loaded: DescribedApi | undefined;

/** Judges nothing where the description is not there. */
export function describedApi(): DescribedApi {
  loaded ??= isDescribed ? load() : { request: () => [], answer: () => [], schema: () => [] };
  return loaded;
}

function load(): DescribedApi {
  const document = JSON.parse(readFileSync(PATH, 'utf8')) as Described;
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false });
  ajv.addSchema(document, 'doc');
  const compiled = new Map<string, ValidateFunction>();
  const routes = Object.keys(document.paths).map((template) => ({
    template,
    pattern: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
  }));

  function judge(reference: string, value: unknown): readonly string[] {
    let validate = compiled.get(reference);
    if (validate === undefined) {
      validate = ajv.compile({ $ref: reference });
      compiled.set(reference, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
  }

  /** A path without places in braces comes before one with. */
  function templateOf(path: string): string | undefined {
    return routes
      .filter(({ pattern }) => pattern.test(path))
      .sort((a, b) => a.template.split('{').length - b.template.split('{').length)[0]?.template;
  }

  const pointer = (...parts: readonly string[]) =>
    `doc#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

  return {
    request: (method, path, body) => {
      const template = templateOf(path);
      const operation = template && document.paths[template]?.[method.toLowerCase()];
      if (template === undefined || operation === undefined)
        return [`no such call: ${method} ${path}`];
      const takesBody = JSON.stringify(operation).includes('"requestBody"');
      if (!takesBody) return body === undefined ? [] : ['a body where none is taken'];
      return judge(
        pointer(
          'paths',
          template,
          method.toLowerCase(),
          'requestBody',
          'content',
          'application/json',
          'schema',
        ),
        body,
      );
    },
    answer: (method, path, status, body) => {
      const template = templateOf(path);
      if (template === undefined || status === 204 || status >= 400) return [];
      return judge(
        pointer(
          'paths',
          template,
          method.toLowerCase(),
          'responses',
          String(status),
          'content',
          'application/json',
          'schema',
        ),
        body,
      );
    },
    schema: (name, value) => judge(`doc#/components/schemas/${name}`, value),
  };
}
