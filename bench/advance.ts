/**
 * How many turns a second the engine makes on one core, over the flows that come with it and with
 * the state written and read back between any two turns, beside a bare switch doing the same script;
 * and whether a turn costs the same in a flow of ten steps and of a thousand.
 */
import { readFileSync } from 'node:fs';
import { advance } from '../src/flow/advance.ts';
import { compileFlow } from '../src/flow/compile.ts';
import type { Flow, Installation } from '../src/flow/flow.ts';
import { loadFlow } from '../src/flow/load.ts';
import type { ConversationState } from '../src/flow/state.ts';
import { beginConversation } from '../src/flow/state-begin.ts';
import { readState, serialiseState } from '../src/flow/state-text.ts';
import { loadSystemWords } from '../src/flow/system-words.ts';
import type { TurnEvent } from '../src/flow/turn.ts';
import type { Words } from '../src/flow/words.ts';
import { type BareState, bareBegin, bareTurn } from './bare-advance.ts';
import { atLeast, type BenchRow } from './bench-row.ts';

/** As they come in: mostly numbers and labels, with skips, slips, a change of mind and a stop. */
const SCRIPTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'chesham-park': [
    ['go', '1', 'A bench in the shade would be good'],
    ['GO', 'Path lights', 'skip'],
    ['ok', '3', 'back', '1', 'More bins'],
    ['go', 'skate rmap', 'Somewhere dry to sit when it rains'],
    ['go', 'dunno', '2', 'skip'],
    ['yes', '2', 'stop'],
  ],
  'make-your-mark': [
    ['go', '4', '3'],
    ['go', 'Climate', 'Bury'],
    ['ok', '11', 'More youth clubs', '1'],
    ['go', '6', 'skip'],
    ['go', 'mental helth', '2'],
    ['go', '2', 'back', '9', 'Radcliffe'],
  ],
  'have-your-say': [
    ['yes', '4', '3', '2', 'Tell me before you move me', '3'],
    ['yes', '5', '5', '0', 'skip', '2'],
    ['yes', '2', 'back', '3', '1', '4', 'Listen more', 'skip'],
    ['y', '3', 'skip', '2', 'skip', 'skip'],
    ['no'],
  ],
  'primary-parliament': [
    ['go', '4', '1 3', '2 1', 'A bin by the shop'],
    ['go', '5', '2', '1 4', 'Slow cars'],
    ['go', 'happy', '1,2', '3 1', 'skip'],
    ['go', '2', '4', 'back', '3', '1 2', 'Trees'],
  ],
};

const installation: Installation = {
  organisation: 'Bury Council',
  timeZone: 'Europe/London',
  coolingOffHours: 72,
  hasSafeguardingLead: true,
  publicUrl: 'https://bury.example',
};

const NOW = new Date('2026-11-02T16:00:00Z');
const ID = (): string => '00000000-0000-4000-8000-000000000000';
const BEGIN: TurnEvent = { kind: 'begin' };

export async function benchAdvance(): Promise<BenchRow[]> {
  const words = systemWords();
  const flows = new Map(Object.keys(SCRIPTS).map((name) => [name, shippedFlow(name, words)]));
  const ours = (): number => {
    let turns = 0;
    for (const [name, flow] of flows) {
      for (const script of SCRIPTS[name] ?? []) turns += converse(flow, script);
    }
    return turns;
  };
  const bare = (): number => {
    let turns = 0;
    for (const name of flows.keys()) {
      for (const script of SCRIPTS[name] ?? []) turns += converseBarely(name, script);
    }
    return turns;
  };
  const [turns, reference] = inTurns(ours, bare);
  const short = chain(10, words);
  const long = chain(1_000, words);
  const script = ['go', ...Array.from({ length: 9 }, (_, at) => String((at % 3) + 1)), 'finish'];
  const [inLong, inShort] = inTurns(
    () => converse(long, script),
    () => converse(short, script),
  );
  return [
    atLeast('advance: turns a second beside a bare switch', 'turns/s', {
      value: turns,
      reference,
      part: 0.2,
    }),
    atLeast('advance: 1,000 steps beside 10', 'turns/s', {
      value: inLong,
      reference: inShort,
      part: 0.8,
    }),
  ];
}

function converse(flow: Flow, script: readonly string[]): number {
  let revision = 1;
  const context = { now: NOW, newId: ID, revision };
  let stored = serialiseState(
    advance(flow, beginConversation(flow, { channel: 'sms', language: 'en' }), BEGIN, context)
      .state,
  );
  for (const text of script) {
    revision += 1;
    const state = stateOf(stored);
    stored = serialiseState(
      advance(flow, state, { kind: 'text', text }, { now: NOW, newId: ID, revision }).state,
    );
  }
  return script.length + 1;
}

function stateOf(stored: string): ConversationState {
  const read = readState(stored);
  if (read.kind !== 'state') throw new Error(`a state that was just written is ${read.kind}`);
  return read.state;
}

let said = 0;

function converseBarely(flow: string, script: readonly string[]): number {
  let stored = JSON.stringify(bareBegin(flow));
  for (const text of script) {
    const state: BareState = JSON.parse(stored);
    const turn = bareTurn(state, text);
    said += turn.reply.length;
    stored = JSON.stringify(turn.state);
  }
  return script.length + 1;
}

const SLICE_MS = 20;
const SLICES = 100;

/** By turns, a slice of a moment each, so that a busy machine is as busy for the one as the other. */
function inTurns(first: () => number, second: () => number): readonly [number, number] {
  const warmUp = SLICES / 4;
  const made = [0, 0];
  const spent = [0, 0];
  for (let slice = -warmUp; slice < SLICES; slice++) {
    for (const [at, run] of [first, second].entries()) {
      const { turns, ms } = sliceOf(run);
      if (slice < 0) continue;
      made[at] = (made[at] ?? 0) + turns;
      spent[at] = (spent[at] ?? 0) + ms;
    }
  }
  const rate = (at: number): number => ((made[at] ?? 0) / (spent[at] ?? 1)) * 1_000;
  return [rate(0), rate(1)];
}

function sliceOf(run: () => number): { readonly turns: number; readonly ms: number } {
  const start = performance.now();
  let turns = 0;
  let ms = 0;
  while (ms < SLICE_MS) {
    for (let at = 0; at < 5; at++) turns += run();
    ms = performance.now() - start;
  }
  return { turns, ms };
}

function systemWords(): Words {
  const file = new URL('../flows/system.yaml', import.meta.url);
  const loaded = loadSystemWords(readFileSync(file, 'utf8'), { file: 'flows/system.yaml' });
  if (loaded.kind === 'refused') throw new Error('flows/system.yaml does not load');
  return loaded.words;
}

function shippedFlow(name: string, words: Words): Flow {
  const file = new URL(`../flows/${name}.flow.yaml`, import.meta.url);
  return compiled(readFileSync(file, 'utf8'), words);
}

/** So many questions one after the other. */
function chain(steps: number, words: Words): Flow {
  const questions = Array.from(
    { length: steps },
    (_, at) => `  q${at}:
    ask: choose_one
    text: { en: "Question?" }
    options: { a: { en: "Skate ramp" }, b: { en: "Path lights" }, c: { en: "Goals" } }
    next: ${at + 1 < steps ? `q${at + 1}` : 'bye'}
`,
  );
  return compiled(
    `flow: chain\nversion: 1\ntitle: { en: Chain }\nlanguages: [en]\nstart: q0\nsteps:\n${questions.join('')}  bye: { say: { en: "Bye." } }\n`,
    words,
  );
}

function compiled(yaml: string, words: Words): Flow {
  const loaded = loadFlow(yaml, { file: 'bench' });
  if (loaded.kind === 'refused') throw new Error(loaded.problems[0]?.message);
  return compileFlow(loaded.document, { words, installation });
}
