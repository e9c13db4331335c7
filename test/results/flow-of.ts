/** Flows of the questions that a test names: each leads to the next, and the last to the end. */
import type { Flow, Question, Step } from '../../src/flow/flow.ts';

export function flowOf(questions: readonly Question[], aboutYou: readonly string[] = []): Flow {
  const chained = questions.map((one, at) => {
    const following = questions[at + 1]?.id;
    const isLast = following === undefined || aboutYou.includes(following);
    return one.next[0]?.go === 'end' && one.next.length === 1 && !isLast
      ? { ...one, next: [{ go: following }] }
      : one;
  });
  return {
    id: 'park',
    version: 1,
    languages: ['en'],
    title: { en: 'Park' },
    quietName: { en: 'Park' },
    keyword: 'park',
    privacy: { safeguarding: 'sealed', keepPartial: false },
    expiresAfterMs: 1,
    start: questions[0]?.id ?? 'end',
    steps: new Map<string, Step>([...chained.map((one) => [one.id, one] as const), ['end', END]]),
    aboutYou,
    asksConsent: false,
    words: {
      languages: ['en'],
      say: () => '',
      has: () => false,
      localised: () => ({}),
      vocabulary: NO_WORDS,
    },
    installation: {
      organisation: 'Bury Council',
      timeZone: 'Europe/London',
      coolingOffHours: 72,
      hasSafeguardingLead: false,
      publicUrl: 'http://localhost:3000',
    },
  };
}

export function question(
  id: string,
  kind: Question['kind'],
  more: Partial<Question> = {},
): Question {
  return {
    type: 'question',
    id,
    kind,
    text: { en: id },
    options: [],
    max: 1,
    maxLength: 600,
    skippable: true,
    retries: 2,
    next: [{ go: 'end' }],
    ...more,
  };
}

export const options = (...ids: readonly string[]) =>
  ids.map((id) => ({ id, label: { en: id.toUpperCase() }, aliases: {} }));

const END: Step = { type: 'statement', id: 'end', say: { en: 'Thank you.' }, end: true, next: [] };

const NO_WORDS = { languageNames: {}, commands: {}, lists: {}, numbers: {} };
