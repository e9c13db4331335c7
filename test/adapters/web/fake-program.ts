/**
 * A small program behind the web chat for tests: one conversation with every kind of question, in
 * memory, in English and Urdu. It keeps what was received so that tests can read it.
 */
import type { Card, Current, Desk } from '../../../adapters/web/desk.ts';
import type { Inbound, InboundEvent, Receipt, Receive } from '../../../src/channel.ts';
import type { CommandKey, Prompt, PromptInput } from '../../../src/flow/prompt.ts';

export interface FakeProgram {
  readonly desk: Desk;
  readonly receive: Receive;
  readonly received: readonly Inbound[];
  readonly followed: readonly { readonly address: string; readonly number: string }[];
  readonly handed: { over: number; notOver: number };
  /** The next message meets a broken database. */
  readonly breakOnce: () => void;
  readonly closeConsultation: () => void;
  /** Says something to everybody, as a reminder would. */
  readonly sayToAll: (text: string) => void;
  /** Moves every conversation to this step. */
  readonly goTo: (step: string) => void;
  readonly streams: () => number;
}

interface Session {
  language: string;
  step: number;
  revision: number;
  prompts: readonly Prompt[];
  readonly seen: Set<string>;
}

export function fakeProgram(): FakeProgram {
  const sessions = new Map<string, Session>();
  const received: Inbound[] = [];
  const followed: { address: string; number: string }[] = [];
  const handed = { over: 0, notOver: 0 };
  const listeners = new Map<string, Set<() => void>>();
  let broken = false;
  let state: Card['state'] = 'open';

  function tell(address: string): void {
    for (const listener of listeners.get(address) ?? []) listener();
  }

  function reply(session: Session, ...prompts: readonly Prompt[]): Receipt {
    session.prompts = prompts;
    return {
      kind: 'reply',
      prompts,
      handedOver: () => void (handed.over += 1),
      notHandedOver: () => void (handed.notOver += 1),
    };
  }

  const receive: Receive = async (inbound) => {
    if (broken) {
      broken = false;
      throw new Error('The database is away');
    }
    received.push(inbound);
    const { address, event, messageId } = inbound;
    const session = sessions.get(address) ?? newSession(event);
    sessions.set(address, session);
    if (session.seen.has(messageId)) return { kind: 'silence' };
    session.seen.add(messageId);
    const receipt = reply(session, ...turn(session, event));
    // As the program: who stops took no part, and nothing of it is kept.
    if (event.kind === 'command' && event.command === 'stop') sessions.delete(address);
    tell(address);
    return receipt;
  };

  const desk: Desk = {
    card: async (keyword, language) =>
      keyword.toLowerCase() === 'park' ? { ...cardIn(language), state } : undefined,
    current: async (address) => {
      const session = sessions.get(address);
      return session === undefined ? undefined : currentOf(session);
    },
    follow: async (address, number) => {
      if (followed.length >= 3) return 'too-many';
      if (!/^07\d{9}$/.test(number.replaceAll(' ', ''))) return 'bad-number';
      followed.push({ address, number });
      return 'kept';
    },
    clear: async (address) => {
      sessions.delete(address);
      tell(address);
    },
    subscribe: (address, listener) => {
      const own = listeners.get(address) ?? new Set();
      listeners.set(address, own.add(listener));
      return () => own.delete(listener);
    },
  };

  return {
    desk,
    receive,
    received,
    followed,
    handed,
    breakOnce: () => void (broken = true),
    closeConsultation: () => void (state = 'closed'),
    sayToAll: (text) => {
      for (const [address, session] of sessions) {
        session.prompts = [plain(session, text), ...ask(session).slice(-1)];
        tell(address);
      }
    },
    goTo: (step) => {
      for (const session of sessions.values()) {
        session.step = Object.keys(STEPS).indexOf(step);
        session.prompts = ask(session);
      }
    },
    streams: () => [...listeners.values()].reduce((sum, own) => sum + own.size, 0),
  };
}

function newSession(event: InboundEvent): Session {
  const language = event.kind === 'join' ? (event.language ?? 'en') : 'en';
  return { language, step: 0, revision: 0, prompts: [], seen: new Set() };
}

function currentOf(session: Session): Current {
  return {
    keyword: 'PARK',
    prompts: session.prompts,
    ended: stepName(session) === 'end',
    language: session.language,
    outcomeUrl: '/said-and-done#park',
  };
}

function turn(session: Session, event: InboundEvent): readonly Prompt[] {
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

interface Step {
  readonly en: string;
  readonly ur: string;
  readonly input: PromptInput;
  /** Labels by option. */
  readonly inUrdu?: Readonly<Record<string, string>>;
}

const BUILD = { ramp: 'Skate ramp', lights: 'Path lights', goals: 'Goals' };
const BUILD_UR = { ramp: 'اسکیٹ ریمپ', lights: 'راستے کی بتیاں', goals: 'گول پوسٹ' };
const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([id, label]) => ({ id, label }));

const STEPS: Readonly<Record<string, Step>> = {
  introduction: {
    en: 'Staff aren’t shown who said what. Nobody reads live: 999, Childline 0800 1111.',
    ur: 'عملے کو نہیں دکھایا جاتا کہ کس نے کیا کہا۔ Childline 0800 1111',
    input: { kind: 'one', options: [{ id: 'go', label: 'Start' }], layout: 'list' },
  },
  use: {
    en: 'Do you use Chesham park?',
    ur: 'کیا آپ چیشم پارک جاتے ہیں؟',
    input: { kind: 'one', options: options({ yes: 'Yes', no: 'No' }), layout: 'row' },
  },
  build: {
    en: 'What should we build first?',
    ur: 'ہم پہلے کیا بنائیں؟',
    input: { kind: 'one', options: options(BUILD), layout: 'list' },
    inUrdu: BUILD_UR,
  },
  safe: {
    en: 'How safe do you feel there?',
    ur: 'آپ وہاں کتنا محفوظ محسوس کرتے ہیں؟',
    input: {
      kind: 'one',
      options: ['1', '2', '3', '4', '5', '6', '7'].map((n) => ({ id: n, label: n })),
      layout: 'row',
      ends: { low: 'not safe', high: 'very safe' },
    },
  },
  feel: {
    en: 'How do you feel about the park?',
    ur: 'پارک کے بارے میں آپ کیسا محسوس کرتے ہیں؟',
    input: {
      kind: 'one',
      options: options({
        1: '😢 very sad',
        2: '🙁 sad',
        3: '😐 in between',
        4: '🙂 happy',
        5: '😀 very happy',
      }),
      layout: 'row',
    },
  },
  change: {
    en: 'What else should change?',
    ur: 'اور کیا بدلنا چاہیے؟',
    input: {
      kind: 'many',
      options: options({ ...BUILD, bins: 'More bins' }),
      max: 2,
      ordered: false,
    },
  },
  order: {
    en: 'Which come first?',
    ur: 'پہلے کیا ہو؟',
    input: { kind: 'many', options: options(BUILD), max: 3, ordered: true },
  },
  age: {
    en: 'How old are you?',
    ur: 'آپ کی عمر کیا ہے؟',
    input: { kind: 'number', min: 9, max: 25 },
  },
  ward: {
    en: 'Which part of town?',
    ur: 'شہر کا کون سا حصہ؟',
    input: {
      kind: 'one',
      options: Array.from({ length: 20 }, (_, i) => ({ id: `w${i}`, label: `Ward ${i + 1}` })),
      layout: 'list',
    },
  },
  why: {
    en: 'What would make the park better for you? No names please.',
    ur: 'آپ کے لیے پارک کیسے بہتر ہو سکتا ہے؟',
    input: { kind: 'text', maxLength: 300 },
  },
  end: {
    en: 'All done, thanks! You can see what happened by 28 Jan at localhost/said-and-done.',
    ur: 'ہو گیا، شکریہ!',
    input: { kind: 'none' },
  },
};

export const stepNames = Object.keys(STEPS);

function stepName(session: Session): string {
  return stepNames[Math.max(0, Math.min(session.step, stepNames.length - 1))] ?? 'end';
}

const KEYS: readonly CommandKey[] = [
  { command: 'skip', label: 'Skip' },
  { command: 'back', label: 'Back' },
  { command: 'easy', label: 'Easy words' },
  { command: 'stop', label: 'Stop' },
];

function ask(session: Session): readonly Prompt[] {
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

function plain(session: Session, text: string): Prompt {
  return { text, input: { kind: 'none' }, keys: [], language: session.language };
}

function cardIn(language?: string): Card {
  const common = {
    keyword: 'PARK',
    organisation: 'Bury Council',
    level: 'consultation',
    feedbackBy: '2027-01-28',
    languages: [
      { code: 'en', name: 'English', dir: 'ltr' },
      { code: 'en-easy', name: 'Easy words', dir: 'ltr' },
      { code: 'ur', name: 'اردو', dir: 'rtl' },
    ],
    textNumber: '07700 900123',
    state: 'open',
  } as const;
  if (language === 'ur') {
    return {
      ...common,
      language: 'ur',
      title: 'چیشم پارک کے لیے £40,000',
      asks: 'چیشم پارک کے لیے £40,000: پہلے کیا بنے، آپ بتائیں۔',
      canChange: 'تین میں سے کون سی چیز بنے',
      cannotChange: 'رقم نہیں بدل سکتی۔',
      decides: 'کونسلر گرین 14 جنوری کو فیصلہ کریں گے۔',
    };
  }
  return {
    ...common,
    language: language === 'en-easy' ? 'en-easy' : 'en',
    title: '£40,000 for Chesham park',
    asks: '£40,000 for Chesham park: help pick what we build first.',
    canChange: 'which of three things the money pays for',
    cannotChange: "We can't change the amount.",
    decides: 'Cllr Green decides 14 Jan.',
    success: 'eight in ten of you say we listened',
  };
}
