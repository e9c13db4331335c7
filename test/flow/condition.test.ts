import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionReader } from '../../src/flow/condition.ts';
import type { Answers, QuestionKind } from '../../src/flow/values.ts';

const kinds = new Map<string, QuestionKind>([
  ['agrees', 'yes_no'],
  ['age', 'number'],
  ['safe', 'scale'],
  ['topics', 'choose_many'],
  ['place', 'place'],
  ['first', 'choose_one'],
  ['story', 'text'],
]);
const read = conditionReader(kinds);

function holds(source: string, answers: Answers) {
  const condition = read(source);
  if (condition.kind === 'refused') throw new Error(`${source}: ${condition.message}`);
  return condition.condition.holds(answers);
}

function refusal(source: string) {
  const condition = read(source);
  if (condition.kind === 'condition') throw new Error(`${source} was taken`);
  return [condition.start, condition.message];
}

describe('a condition', () => {
  it.each<[string, Answers, boolean | 'failed']>([
    ['answers.agrees == false', { agrees: false }, true],
    ['answers.agrees', { agrees: true }, true],
    ['answers.age == 18', { age: 18 }, true],
    ['answers.age != 18', { age: 17 }, true],
    ['18 == answers.age', { age: 18 }, true],
    ['answers.age in [16, 17]', { age: 17 }, true],
    ['answers.age >= -1.5', { age: -1 }, true],
    ['answers.safe < 3', { safe: 2 }, true],
    ['has(answers.topics) && "cost" in answers.topics', { topics: ['size', 'cost'] }, true],
    ['has(answers.topics) && "cost" in answers.topics', {}, false],
    ['size(answers.topics) > 1', { topics: ['size', 'cost'] }, true],
    ['answers.topics == ["size", "cost"]', { topics: ['size', 'cost'] }, true],
    ['answers.story.contains("bins")', { story: 'more bins please' }, true],
    ['answers.story.startsWith("more")', { story: 'more bins please' }, true],
    ['answers.first in ["ramp", "goals"]', { first: 'lights' }, false],
    ['!has(answers.age) || answers.age > 3', {}, true],
    ['answers.age > 3', {}, 'failed'],
    ['answers.age > 3 || answers.agrees', { agrees: true }, true],
    ['answers.age > 3 && answers.agrees', { agrees: false }, false],
    ['answers.age > 3 && answers.agrees', { agrees: true }, 'failed'],
  ])('%s', (source, answers, outcome) => {
    expect(holds(source, answers)).toBe(outcome);
  });

  it.each([
    ['answers.story.matches("(a+)+$")', 0, '"matches"'],
    ['answers.topics.exists(x, x == "a")', 0, '"exists"'],
    ['answers.agrees ? true : false', 0, '"?:"'],
    ['answers["agrees"]', 0, '"[]"'],
    ['answers.story + "a" == "b"', 0, '"+"'],
    ['answers.constructor == 1', 8, 'There is no question called "constructor".'],
    ['has(answers.aeg)', 12, 'Did you mean "age"?'],
    ['answers.agree == true', 8, 'Did you mean "agrees"?'],
    ['answers.agrees == "yes"', 0, 'is a yes or no question: compare it with true or false'],
    ['answers.age == "18"', 0, '"age" is a number'],
    ['answers.topics == "cost"', 0, 'write "option" in answers.topics'],
    ['cost in answers.topics', 0, 'Put quotes around an option\'s name: "cost".'],
    ['age > 3', 0, 'Write answers.age'],
    ['answers.age', 0, 'A condition asks something that is true or false.'],
    ['answers.age = 3', 12, 'write == (two equals signs)'],
    ['answers.agrees and answers.agrees', 15, 'For "and", write &&.'],
    ['answers.first == "ramp', 17, 'A quotation mark is missing'],
    ['answers.age == null', 15, 'write has(answers.age)'],
    ['answers.first == “ramp”', 17, 'straight quotation marks'],
    ['', 0, 'stops before its end'],
    [`${'('.repeat(16)}true${')'.repeat(16)}`, 15, 'too deeply nested'],
    [Array(60).fill('true').join(' && '), 0, 'too long'],
    [`answers.age in [${Array(40).fill(1).join(',')}]`, undefined, 'too long'],
    ['answers.age in []', 0, 'nothing between [ and ]'],
  ])('%s is refused', (source, start, message) => {
    const [at, said] = refusal(source);
    if (start !== undefined) expect(at).toBe(start);
    expect(said).toContain(message);
    expect(said).not.toMatch(/overload|token|undefined|EOF|AST/);
  });

  it('names the answers that are read without asking has() first', () => {
    const unguarded = (source: string) => {
      const condition = read(source);
      return condition.kind === 'condition' ? condition.unguarded.map((one) => one.question) : [];
    };
    expect(unguarded('answers.age > 3')).toEqual(['age']);
    expect(unguarded('has(answers.age) && answers.age > 3')).toEqual([]);
    expect(unguarded('!has(answers.age) || answers.age > 3')).toEqual([]);
    expect(unguarded('has(answers.age) || answers.age > 3')).toEqual(['age']);
    expect(
      unguarded('!(has(answers.age) && has(answers.safe)) || answers.age > answers.safe'),
    ).toEqual([]);
    expect(unguarded('(has(answers.age) || has(answers.safe)) && answers.age > 3')).toEqual([
      'age',
    ]);
  });

  it('comes out as the library itself says, for any answers', () => {
    const library = new Environment()
      .registerType('Answers', {
        fields: { agrees: 'bool', age: 'double', topics: 'list<string>', first: 'string' },
      })
      .registerVariable('answers', 'Answers')
      .registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
    fc.assert(
      fc.property(expressions, answersFor, (source, answers) => {
        let said: unknown;
        try {
          said = library.evaluate(source, { answers });
        } catch {
          said = 'failed';
        }
        expect(holds(source, answers), source).toBe(said);
      }),
      { seed: 7, numRuns: 3_000 },
    );
  });
});

const words = fc.constantFrom('ramp', 'lights', 'cost');
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const { expressions } = fc.letrec<{ expressions: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom('agrees', 'age', 'topics', 'first').map((name) => `has(answers.${name})`),
    fc.constant('answers.agrees'),
    fc
      .tuple(comparison, fc.integer({ min: -2, max: 20 }))
      .map(([op, n]) => `answers.age ${op} ${n}`),
    fc.tuple(comparison, words).map(([op, word]) => `answers.first ${op} "${word}"`),
    words.map((word) => `"${word}" in answers.topics`),
    fc.tuple(comparison, fc.nat(3)).map(([op, n]) => `size(answers.topics) ${op} ${n}`),
    words.map((word) => `answers.first.contains("${word.slice(1, 3)}")`),
  ),
  expressions: fc.oneof(
    { maxDepth: 3 },
    tie('leaf'),
    fc.tuple(tie('expressions'), tie('expressions')).map(([a, b]) => `(${a}) && (${b})`),
    fc.tuple(tie('expressions'), tie('expressions')).map(([a, b]) => `(${a}) || (${b})`),
    tie('expressions').map((one) => `!(${one})`),
  ),
}));

const answersFor: fc.Arbitrary<Answers> = fc.record(
  {
    agrees: fc.boolean(),
    age: fc.integer({ min: -2, max: 20 }),
    topics: fc.uniqueArray(words),
    first: words,
  },
  { requiredKeys: [] },
);
