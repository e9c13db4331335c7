/** One conversation of the small program of the web tests: where it stands, and what is said next. */
import type { Current } from '../../../adapters/web/desk.ts';
import type { InboundEvent } from '../../../src/channel.ts';
import type { CommandKey, Prompt, PromptInput } from '../../../src/flow/prompt.ts';
import { cardIn, STEPS, type Step, stepNames } from './fake-consultation.ts';

export interface Session {
  language: string;
  step: number;
  revision: number;
  prompts: readonly Prompt[];
  readonly seen: Set<string>;
}

export function newSession(event: InboundEvent): Session {
  const language = event.kind === 'join' ? (event.language ?? 'en') : 'en';
  return { language, step: 0, revision: 0, prompts: [], seen: new Set() };
}

export function currentOf(session: Session): Current {
  return {
    keyword: 'PARK',
    prompts: session.prompts,
    ended: stepName(session) === 'end',
    language: session.language,
    outcomeUrl: '/said-and-done#park',
  };
}

export function turn(session: Session, event: InboundEvent): readonly Prompt[] {
  session.revision += 1;
  if (event.kind === 'join') return ask(session);
  if (event.kind === 'command') return command(session, event);
  if (event.kind === 'text' && event.text.trim() === '') {
    return [plain(session, 'Sorry, I did not get that.'), ...ask(session)];
  }
  if (event.kind === 'choice' && event.options.length === 0) {
    return [plain(session, 'Please pick one or more.'), ...ask(session)];
  }
  if (stepName(session) !== 'end') session.step += 1;
  return ask(session);
}

function command(
  session: Session,
  event: Extract<InboundEvent, { kind: 'command' }>,
): readonly Prompt[] {
  if (event.command === 'language' && event.language) session.language = event.language;
  if (event.command === 'skip') session.step += 1;
  if (event.command === 'back') session.step -= 1;
  if (event.command === 'stop') {
    return [plain(session, 'OK, we stopped. To talk: Childline 0800 1111.')];
  }
  if (event.command === 'check') return [plain(session, 'Chesham park: you joined in.')];
  if (event.command === 'help') {
    return [plain(session, 'To talk, free, any time: Childline 0800 1111.'), ...ask(session)];
  }
  return ask(session);
}

function stepName(session: Session): string {
  return stepNames[Math.max(0, Math.min(session.step, stepNames.length - 1))] ?? 'end';
}

const KEYS: readonly CommandKey[] = [
  { command: 'skip', label: 'Skip' },
  { command: 'back', label: 'Back' },
  { command: 'easy', label: 'Easy words' },
  { command: 'stop', label: 'Stop' },
];

export function ask(session: Session): readonly Prompt[] {
  const name = stepName(session);
  const step = STEPS[name];
  if (step === undefined) return [];
  const language = session.language === 'ur' ? 'ur' : 'en';
  const question: Prompt = {
    ...(name === 'safe'
      ? { lead: 'Skate ramp, got it.', leadHint: '(Not right? Text BACK.)' }
      : {}),
    text: step[language],
    hint: 'Text 1, 2 or 3. Or SKIP.',
    input: inputIn(language, step),
    keys: name === 'end' ? [] : KEYS,
    ...(step.input.kind === 'none' || name === 'introduction'
      ? {}
      : { target: { step: name, revision: session.revision } }),
    language: session.language,
  };
  if (name !== 'introduction') return [question];
  const who = cardIn(session.language);
  return [
    plain(session, `${who.organisation} here. ${who.asks} ${who.cannotChange} ${who.decides}`),
    question,
  ];
}

function inputIn(language: string, { input, inUrdu }: Step): PromptInput {
  if (language !== 'ur' || inUrdu === undefined || !('options' in input)) return input;
  const labelled = input.options.map(({ id, label }) => ({ id, label: inUrdu[id] ?? label }));
  return { ...input, options: labelled };
}

export function plain(session: Session, text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: session.language };
}
