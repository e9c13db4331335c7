import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { flowJsonSchema } from '../../src/flow/json-schema.ts';
import { GOOD_FLOW } from './good-flow.ts';

describe('the JSON Schema for editors', () => {
  it('is current: `npm run schema` writes it', () => {
    expect(readFileSync('docs/flow.schema.json', 'utf8')).toBe(flowJsonSchema());
  });

  it('takes a good flow and marks a misspelt setting', () => {
    const check = new Ajv2020().compile(JSON.parse(flowJsonSchema()));
    expect(check(parse(GOOD_FLOW))).toBe(true);
    expect(check(parse(GOOD_FLOW.replace('max_length', 'max_lenght')))).toBe(false);
    expect(check(parse(GOOD_FLOW.replace('next: goodbye', 'next: [ { go: goodbye } ]')))).toBe(
      true,
    );
  });
});
