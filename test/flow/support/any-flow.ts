/** Flows of any shape, for properties: questions of every kind, branches back and forth, statements. */
import fc from 'fast-check';
import { conditionReader } from '../../../src/flow/condition.ts';
import type { Branch, Flow, Question, Step } from '../../../src/flow/flow.ts';
import type { QuestionKind } from '../../../src/flow/values.ts';
import { flowFrom, PARK } from './park.ts';

const KINDS: readonly QuestionKind[] = [
  'yes_no',
  'choose_one',
  'choose_many',
  'rank',
  'scale',
  'number',
  'text',
  'place',
];
const LABELS = [
  'Skate ramp',
  'Path lights',
  'Goals',
  'Not sure',
  '9 to 12',
  '3',
  'Ok',
  'Nothing at all',
  '🛹 Skate',
  'Łąka',
];
const park = flowFrom(PARK);
const said = (text: string) => ({ en: text, 'en-easy': text, pl: `${text} (pl)` });

interface Drawn {
  readonly kind: QuestionKind | 'say';
  readonly labels: readonly string[];
  readonly retries: number;
  readonly skippable: boolean;
  readonly go: number;
  readonly elsewhere: number;
  readonly when: boolean;
  readonly failing: number | undefined;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  kind: fc.constantFrom(...KINDS, 'say' as const),
  labels: fc.uniqueArray(fc.constantFrom(...LABELS), { minLength: 2, maxLength: 6 }),
  retries: fc.integer({ min: 0, max: 4 }),
  skippable: fc.boolean(),
  go: fc.nat(12),
  elsewhere: fc.nat(12),
  when: fc.boolean(),
  failing: fc.option(fc.nat(12), { nil: undefined }),
});

/** Ways may go in circles, over statements too: the engine has to bear what the checks refuse. */
export const anyFlow: fc.Arbitrary<Flow> = fc
  .record({
    steps: fc.array(drawn, { minLength: 1, maxLength: 10 }),
    consent: fc.boolean(),
    keepPartial: fc.boolean(),
    aboutYou: fc.boolean(),
  })
  .map(({ steps, consent, keepPartial, aboutYou }) => {
    const ids = steps.map((_, at) =>
      at === 0 && consent && steps[0]?.kind !== 'say' ? 'consent' : `s${at}`,
    );
    const asksConsent = ids[0] === 'consent';
    const kinds = new Map<string, QuestionKind>();
    steps.forEach((step, at) => {
      const kind = at === 0 && asksConsent ? 'yes_no' : step.kind;
      if (kind !== 'say') kinds.set(ids[at] ?? '', kind);
    });
    const read = conditionReader(kinds);
    const made = new Map<string, Step>();
    steps.forEach((step, at) => {
      const id = ids[at] ?? '';
      const kind = kinds.get(id);
      const to = (target: number): string => ids[target] ?? 'end';
      const condition = step.when && kind !== undefined ? read(`has(answers.${id})`) : undefined;
      const first: readonly Branch[] =
        condition?.kind === 'condition'
          ? [{ when: condition.condition, go: to(step.elsewhere) }]
          : [];
      const next = [...first, { go: to(step.go) }];
      if (kind === undefined)
        made.set(id, { type: 'statement', id, say: said(`Note ${id}`), end: false, next });
      else
        made.set(id, {
          ...questionOf(id, kind, step),
          onFailure: step.failing === undefined ? undefined : to(step.failing),
          next,
        });
    });
    made.set('end', { type: 'statement', id: 'end', say: said('The end'), end: true, next: [] });
    if (aboutYou)
      made.set('about', {
        ...questionOf('about', 'choose_one', { labels: LABELS, retries: 2, skippable: true }),
        next: [],
      });
    return {
      ...park,
      start: ids[0] ?? 'end',
      steps: made,
      aboutYou: aboutYou ? ['about'] : [],
      asksConsent,
      privacy: { safeguarding: 'sealed', keepPartial },
    };
  });

function questionOf(
  id: string,
  kind: QuestionKind,
  { labels, retries, skippable }: Pick<Drawn, 'labels' | 'retries' | 'skippable'>,
): Question {
  const names =
    kind === 'yes_no' ? ['Yes', 'No'] : kind === 'scale' ? ['1', '2', '3', '4', '5'] : labels;
  const ids =
    kind === 'yes_no'
      ? ['yes', 'no']
      : names.map((_, at) => (kind === 'scale' ? `${at + 1}` : `o${at}`));
  const none = kind === 'number' || kind === 'text';
  return {
    type: 'question',
    id,
    kind,
    text: said(`Question ${id}?`),
    options: none
      ? []
      : names.map((label, at) => ({ id: ids[at] ?? '', label: said(label), aliases: {} })),
    max: kind === 'choose_many' || kind === 'rank' ? 2 : 1,
    ...(kind === 'scale' ? { scale: { points: 5 as const, faces: false } } : {}),
    ...(kind === 'number' ? { bounds: { min: 1, max: 30 } } : {}),
    maxLength: 40,
    skippable: id !== 'consent' && skippable,
    retries,
    next: [],
  };
}
