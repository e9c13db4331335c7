/** Every request about copies of messages, held against Twilio's own specification. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { held, listOf, SINCE, sent, twilio } from './twilio-copies.ts';

const specification = resolve(
  import.meta.dirname,
  '../../../../shared/specs/twilio_api_v2010.json',
);

test.skipIf(!existsSync(specification))(
  "the requests have the form that Twilio's specification asks for (skipped without the specification)",
  async () => {
    const { copies, requests } = await twilio(listOf([]), listOf([]), { status: 204 });
    await copies.find(sent);
    await copies.list(SINCE);
    await copies.remove(held(1).sid);
    const paths = JSON.parse(readFileSync(specification, 'utf8')).paths;
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const list = paths['/2010-04-01/Accounts/{AccountSid}/Messages.json'].get.parameters;
    const schemas = new Map<string, { readonly type: string }>(
      list.flatMap((one: { in: string; name: string; schema: { type: string } }) =>
        one.in === 'query' ? [[one.name, one.schema]] : [],
      ),
    );
    const asked = requests.slice(0, 2).flatMap(({ url }) => [...url.searchParams]);
    expect(asked.length).toBeGreaterThan(5);
    for (const [name, value] of asked) {
      const schema = schemas.get(name);
      if (!schema) throw new Error(`the specification has no parameter ${name}`);
      expect(ajv.validate(schema, schema.type === 'integer' ? Number(value) : value)).toBe(true);
    }
    const one = paths['/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json'].delete.parameters;
    const sid = one.find((parameter: { name: string }) => parameter.name === 'Sid');
    const deleted = /Messages\/(.+)\.json$/.exec(requests[2]?.url.pathname ?? '')?.[1];
    expect(ajv.validate(sid.schema, deleted)).toBe(true);
  },
);
