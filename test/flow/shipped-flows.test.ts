/**
 * The flows that come with Heard are what officers copy: each loads without an error, keeps its own
 * examples, speaks every language that it offers, and together they use every kind of question.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkFlow } from '../../src/flow/check/check-flow.ts';
import { compileFlow } from '../../src/flow/compile.ts';
import { introduction } from '../../src/flow/introduction.ts';
import { loadFlow } from '../../src/flow/load.ts';
import { numberedText } from '../../src/flow/numbered-text.ts';
import { runFlowTests } from '../../src/flow/run-tests.ts';
import { smsParts } from '../../src/flow/sms-parts.ts';
import { beginConversation } from '../../src/flow/state-begin.ts';
import { loadSystemWords } from '../../src/flow/system-words.ts';

const folder = 'flows/';
const files = readdirSync(folder).filter((name) => name.endsWith('.flow.yaml'));
const system = loadSystemWords(readFileSync(`${folder}system.yaml`, 'utf8'), { file: 'system' });
if (system.kind === 'refused') throw new Error('flows/system.yaml does not load');
const { words } = system;
const installation = {
  organisation: 'Bury Council',
  timeZone: 'Europe/London',
  coolingOffHours: 72,
  hasSafeguardingLead: true,
  publicUrl: 'https://bury.example',
};

function load(file: string) {
  const loaded = loadFlow(readFileSync(folder + file, 'utf8'), { file });
  if (loaded.kind === 'refused') {
    throw new Error(loaded.problems.map(({ line, message }) => `${line} ${message}`).join('\n'));
  }
  return loaded;
}

describe.each(files)('%s', (file) => {
  const { document, source } = load(file);
  const flow = compileFlow(document, { words, installation });

  it('has no error, and warns of nothing but what letters outside the short alphabet cost', () => {
    const problems = checkFlow(document, source, { words, installation, today: '2026-11-20' });
    expect(problems.filter((one) => one.severity === 'error')).toEqual([]);
    expect(
      problems.map((one) => one.message).filter((message) => !/halve the room/.test(message)),
    ).toEqual([]);
  });

  it('keeps its own examples', () => {
    const results = runFlowTests(flow, document.tests ?? []);
    expect(results.length).toBeGreaterThanOrEqual(8);
    expect(results.filter((one) => one.kind === 'failed')).toEqual([]);
  });

  it('is offered in two languages or more, all of them ours', () => {
    expect(flow.languages.length).toBeGreaterThanOrEqual(2);
    for (const language of flow.languages) expect(words.languages).toContain(language);
  });

  it('introduces itself in two messages of one part each, in English and in easy words', () => {
    for (const language of flow.languages.filter((one) => one.startsWith('en'))) {
      const state = beginConversation(flow, { channel: 'sms', language });
      const said = introduction(flow, state, 1).map(numberedText);
      expect(said.map((text) => smsParts(text))).toEqual([1, 1]);
    }
  });

  it('says nothing on a lock screen about who it is for', () => {
    for (const name of Object.values(flow.quietName)) {
      expect(name).not.toMatch(/\bcare\b|leaver|disab|year [56]|class/i);
    }
  });

  it('says in its promise how we will know that it worked', () => {
    expect(Object.keys(flow.promise?.success ?? {})).toEqual([...flow.languages]);
  });
});

describe('together', () => {
  const documents = files.map((file) => load(file).document);

  it('are the four that the strategies ask for', () => {
    expect(documents.map((document) => document.flow).sort()).toEqual([
      'chesham-park',
      'have-your-say',
      'make-your-mark',
      'primary-parliament',
    ]);
  });

  it('use every kind of question', () => {
    const kinds = documents.flatMap((document) =>
      Object.values(document.steps).flatMap((step) => ('ask' in step ? step.ask : [])),
    );
    expect([...new Set(kinds)].toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'choose_many',
      'choose_one',
      'number',
      'place',
      'rank',
      'scale',
      'text',
      'yes_no',
    ]);
  });

  it('have keywords of their own', () => {
    const keywords = documents.map((document) => document.keyword);
    expect(new Set(keywords).size).toBe(keywords.length);
  });
});
