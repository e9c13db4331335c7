/**
 * What a broadcast will cost and whom it leaves out, told before anything is sent: the sum of what
 * each person gets, and for each language what makes it dearer.
 */
import { numberedText } from '../flow/numbered-text.ts';
import type { Prompt } from '../flow/prompt.ts';
import { dearerCharacters } from '../flow/sms-parts.ts';

export interface Price {
  /** Who get it. */
  readonly people: number;
  /** Those of them who are written to in Discord or Teams, where a message costs nothing. */
  readonly inApps: number;
  /** Text messages, paid for by the part. */
  readonly parts: number;
  /** Of text messages. */
  readonly languages: readonly LanguagePrice[];
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>;
}

export interface LanguagePrice {
  readonly language: string;
  readonly people: number;
  /** For one person, at the longest. */
  readonly parts: number;
  /** For all of them. */
  readonly total: number;
  /** Without these characters it would be fewer parts. */
  readonly dear: readonly string[];
}

export type LeftOut = 'opted-out' | 'contact-cap' | 'same-words' | 'trial' | 'web';

interface Addend {
  readonly language: string;
  readonly people: number;
  readonly parts: number;
  /** Each is paid for by itself. */
  readonly messages: readonly (readonly Prompt[])[];
}

interface LanguageSum {
  people: number;
  parts: number;
  total: number;
  readonly dear: Set<string>;
}

export function priceAdder() {
  const languages = new Map<string, LanguageSum>();
  const leftOut = new Map<LeftOut, number>();
  /** Most people get what others get too. */
  const read = new Set<Addend['messages'][number]>();
  let [people, inApps, parts] = [0, 0, 0];
  return {
    add: (one: Addend): void => {
      if (one.people === 0) return;
      people += one.people;
      parts += one.people * one.parts;
      const sum = languages.get(one.language) ?? { people: 0, parts: 0, total: 0, dear: new Set() };
      languages.set(one.language, sum);
      sum.people += one.people;
      sum.parts = Math.max(sum.parts, one.parts);
      sum.total += one.people * one.parts;
      for (const prompts of one.messages) {
        if (read.has(prompts)) continue;
        read.add(prompts);
        const text = prompts.map(numberedText).join('\n\n');
        for (const character of dearerCharacters(text)) sum.dear.add(character);
      }
    },
    addInApps: (count: number): void => {
      people += count;
      inApps += count;
    },
    leaveOut: (reason: LeftOut, count: number): void => {
      if (count === 0) return;
      leftOut.set(reason, (leftOut.get(reason) ?? 0) + count);
    },
    price: (): Price => ({
      people,
      inApps,
      parts,
      leftOut: Object.fromEntries(leftOut),
      languages: [...languages].map(([language, sum]) => ({
        language,
        people: sum.people,
        parts: sum.parts,
        total: sum.total,
        dear: [...sum.dear],
      })),
    }),
  };
}
