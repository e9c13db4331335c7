/** What the flow costs by text message, where that is more than it should be. */

import type { Flow } from '../flow.ts';
import { flowCost, type MessageCost } from '../flow-cost.ts';
import { smsParts } from '../sms-parts.ts';
import { type Finding, warning } from './subject.ts';

const MOST_PARTS = 3;
const MOST_QUESTIONS = 6;
const MOST_TEXTS = 10;

/** Needs the compiled flow, so it is asked only of a document without errors. */
export function costFindings(flow: Flow): readonly Finding[] {
  const costs = flowCost(flow);
  return [
    ...firstMessages(costs),
    ...costs
      .filter((cost) => cost.step !== 'introduction')
      .flatMap((cost) => dearMessages(flow, cost)),
    ...manyQuestions(flow),
  ];
}

/** The first of the two messages is the one that the officer's words fill. */
function firstMessages(costs: readonly MessageCost[]): readonly Finding[] {
  const told = new Set<string>();
  const found: Finding[] = [];
  for (const cost of costs) {
    if (cost.step !== 'introduction' || told.has(cost.language)) continue;
    told.add(cost.language);
    if (cost.parts < 2) continue;
    const message = `The first message takes ${cost.parts} SMS parts in "${cost.language}" (${size(cost)}).${because(cost)} Make asks, cannot_change and decides shorter.`;
    found.push(warning(['promise', 'asks', cost.language], message));
  }
  return found;
}

function dearMessages(flow: Flow, cost: MessageCost): readonly Finding[] {
  const step = flow.steps.get(cost.step);
  if (step === undefined || flow.aboutYou.includes(cost.step)) return [];
  const path = ['steps', cost.step, step.type === 'question' ? 'text' : 'say', cost.language];
  if (cost.parts > MOST_PARTS) {
    const message = `"${cost.step}" takes ${cost.parts} SMS parts in "${cost.language}" (${size(cost)}).${because(cost)} ${MOST_PARTS} is the most it should.`;
    return [warning(path, message)];
  }
  const plain = withPlainCharacters(cost.text);
  const cheaper = smsParts(plain);
  if (cheaper >= cost.parts) return [];
  const swaps = cost.dear.filter((character) => character in PLAIN);
  const message = `"${cost.step}" takes ${cost.parts} SMS parts in "${cost.language}" and would take ${cheaper}: write ${swaps.map((one) => `${PLAIN[one]} for ${named(one)}`).join(', ')}.`;
  return [warning(path, message)];
}

function size({ length, encoding }: MessageCost): string {
  return `${length} characters, ${encoding === 'UCS-2' ? '67 a part' : '153 a part'}`;
}

function because({ dear }: MessageCost): string {
  if (dear.length === 0) return '';
  if (dear.length > MOST_SHOWN) return ' Its letters halve the room.';
  return ` These characters halve the room: ${dear.join(' ')}.`;
}

const MOST_SHOWN = 12;

/** Signs that a word processor puts in by itself, and what a phone sends cheaply. */
const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00A0': 'a plain space',
  '•': '-',
};

function named(character: string): string {
  return character === '\u00A0' ? 'a space that does not break' : character;
}

function withPlainCharacters(text: string): string {
  return text.replaceAll(/[‘’“”„–—…\u00A0•]/g, (character) =>
    character === '\u00A0' ? ' ' : (PLAIN[character] ?? character),
  );
}

function manyQuestions(flow: Flow): readonly Finding[] {
  const questions = longestFrom(flow);
  if (questions === undefined) return [];
  const found: Finding[] = [];
  if (questions > MOST_QUESTIONS) {
    const message = `By SMS this asks up to ${questions} questions. ${MOST_QUESTIONS} is the most that people answer gladly.`;
    found.push(warning(['steps'], message));
  }
  const texts = questions + INTRODUCTION_AND_CLOSING;
  if (texts > MOST_TEXTS) {
    const message = `By SMS this sends up to ${texts} texts to each person. ${MOST_TEXTS} is the most it should.`;
    found.push(warning(['steps'], message));
  }
  return found;
}

const INTRODUCTION_AND_CLOSING = 3;

/** Questions on the longest way, a consent left out. */
function longestFrom(flow: Flow): number | undefined {
  const ways = [...flow.steps.values()].map((step) =>
    step.type === 'question' ? step.longest : 0,
  );
  if (ways.includes(undefined)) return undefined;
  return Math.max(0, ...ways.map((way) => way ?? 0)) - (flow.asksConsent ? 1 : 0);
}
