/** A whole conversation in an app: nothing in it speaks of texting, and what it offers is there. */
import { describe, expect, test } from 'vitest';
import type { Prompt } from '../../src/flow/prompt.ts';
import { flowFrom, PARK } from './support/park.ts';
import { type Talk, talk } from './support/talk.ts';

const park = flowFrom(PARK);
const OPT_IN = flowFrom(
  PARK.replace('reminders:', 'privacy: { safeguarding: opt_in }\nreminders:'),
);

const EVERYTHING_ASKED_FOR = [
  'MORE',
  'HELP',
  'EASY',
  'go',
  'xyz',
  'SKIP',
  'BACK',
  'HELP',
  '1',
  'FINISH',
];

function allThatIsSaid(conversation: Talk): readonly string[] {
  const said: Prompt[] = [];
  for (const text of EVERYTHING_ASKED_FOR)
    said.push(...conversation.send({ kind: 'text', text }).say);
  return said.map(({ lead, text }) => [lead, text].join(' ').replaceAll('text SHOUT to 85258', ''));
}

describe.each(['discord', 'teams'] as const)('a conversation on %s', (channel) => {
  test('says nothing of texts or phones, and keeps its promise in its own words', () => {
    const conversation = talk(park, { channel });
    const said = [...conversation.introduction, ...allThatIsSaid(conversation)];
    const shown = said.slice(conversation.introduction.length);
    expect(shown.join('\n')).not.toMatch(/\b(text|texts|texting|phone)\b/i);
    expect(said.join('\n')).toMatch(/tell you/);
  });

  test('the introduction offers by a button what it names', () => {
    const begun = talk(OPT_IN, { channel }).last();
    const [, second] = begun.say;
    expect(second?.text).toContain("Choose 'Contact me'");
    expect(second?.keys).toContainEqual({ command: 'me', label: 'Contact me' });
  });
});

test('who can read along in Teams is said before the first question, and only there', () => {
  const note = 'may be able to see what you type in Teams';
  expect(talk(park, { channel: 'teams' }).last().say[1]?.text).toContain(note);
  expect(talk(park, { channel: 'discord' }).last().say[1]?.text).not.toContain(note);
});

test('on a page nobody is offered a contact', () => {
  for (const prompt of talk(OPT_IN, { channel: 'web' }).last().say)
    expect(prompt.keys.map((key) => key.command)).not.toContain('me');
});
