/**
 * The shipped flows as somebody in a hurry would write them: one switch, English only, no commands
 * but SKIP, BACK and STOP, no second meaning of anything. The reference that the engine is held
 * against; it understands far less, and that is the point.
 */

export interface BareState {
  readonly step: string;
  readonly path: readonly string[];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly misses: number;
}

export interface BareTurn {
  readonly state: BareState;
  readonly reply: string;
}

export function bareBegin(flow: string): BareState {
  return { step: `${flow}/start`, path: [], answers: {}, misses: 0 };
}

export function bareTurn(state: BareState, typed: string): BareTurn {
  const text = typed.trim().toLowerCase();
  if (text === 'stop')
    return { state: { ...state, step: 'end' }, reply: 'OK, no more texts from us.' };
  if (text === 'back') return back(state);
  switch (state.step) {
    case 'chesham-park/start':
      return text === 'go' || text === 'ok' || text === 'yes'
        ? ask(state, 'park/first')
        : sorry(state, 'GO to start, STOP, or MORE.');
    case 'park/first':
      return choose(state, text, ['skate ramp', 'path lights', 'goals'], 'park/better');
    case 'park/better':
      return answer(state, text === 'skip' ? undefined : typed.trim(), 'end');
    case 'make-your-mark/start':
      return text === 'go' || text === 'ok' || text === 'yes'
        ? ask(state, 'mark/vote')
        : sorry(state, 'GO to start, STOP, or MORE.');
    case 'mark/vote': {
      const topics = [
        'mental health',
        'cost of living',
        'jobs and work',
        'climate',
        'knife crime',
        'buses and trams',
        'life skills at school',
        'racism',
        'homes',
        'votes at 16',
        'something else',
      ];
      const own = text === '11' || text === 'something else';
      return choose(state, text, topics, own ? 'mark/own' : 'mark/town');
    }
    case 'mark/own':
      return answer(state, text === 'skip' ? undefined : typed.trim(), 'mark/town');
    case 'mark/town':
      return choose(
        state,
        text,
        [
          'bury',
          'prestwich',
          'radcliffe',
          'ramsbottom',
          'tottington',
          'whitefield',
          'another place',
        ],
        'end',
      );
    case 'have-your-say/start':
      if (text === 'yes' || text === 'y') return ask(state, 'say/home');
      return text === 'no'
        ? { state: { ...state, step: 'end' }, reply: "That's fine." }
        : sorry(state, 'Is it yes or no?');
    case 'say/home':
      return choose(state, text, ['1', '2', '3', '4', '5'], 'say/listened');
    case 'say/listened':
      return choose(state, text, ['1', '2', '3', '4', '5'], 'say/workers');
    case 'say/workers': {
      const workers = Number(text);
      if (text === 'skip') return answer(state, undefined, 'say/better');
      return workers >= 0 && workers <= 30
        ? answer(state, workers, 'say/better')
        : sorry(state, 'I need a number.');
    }
    case 'say/better':
      return answer(state, text === 'skip' ? undefined : typed.trim(), 'say/age');
    case 'say/age':
      return choose(
        state,
        text,
        ['9 to 12', '13 to 15', '16 or 17', '18 to 25', 'rather not say'],
        'end',
      );
    case 'primary-parliament/start':
      return text === 'go' || text === 'ok' || text === 'yes'
        ? ask(state, 'primary/feel')
        : sorry(state, 'GO to start, STOP, or MORE.');
    case 'primary/feel':
      return choose(
        state,
        text,
        ['very sad', 'sad', 'in the middle', 'happy', 'very happy'],
        'primary/help',
      );
    case 'primary/help':
      return several(state, text, 4, 'primary/travel');
    case 'primary/travel':
      return several(state, text, 5, 'primary/wish');
    case 'primary/wish':
      return answer(state, text === 'skip' ? undefined : typed.trim(), 'end');
    default:
      return { state, reply: '' };
  }
}

const QUESTIONS: Readonly<Record<string, string>> = {
  'park/first':
    '1 of 2. What should we build first?\n1 Skate ramp\n2 Path lights\n3 Goals\nText 1, 2 or 3. You can also text SKIP or BACK.',
  'park/better': '2 of 2. What would make the park better for you? No names please. Or text SKIP.',
  'mark/vote':
    '1 of 3. Which one matters most to you?\n1 Mental health\n2 Cost of living\n3 Jobs and work\n4 Climate\n5 Knife crime\n6 Buses and trams\n7 Life skills at school\n8 Racism\n9 Homes\n10 Votes at 16\n11 Something else\nText 1 to 11. You can also text SKIP or BACK.',
  'mark/own': '2 of 3. What is it, in a few words? No names please. Or text SKIP.',
  'mark/town':
    '2 of 2. Where do you live? It shows us who we are missing.\n1 Bury\n2 Prestwich\n3 Radcliffe\n4 Ramsbottom\n5 Tottington\n6 Whitefield\n7 Another place\nText 1 to 7. Or SKIP.',
  'say/home':
    '1 of 5. How happy are you where you live? Text 1 (not happy) to 5 (very happy). You can also text SKIP or BACK.',
  'say/listened':
    '2 of 5. How often do adults listen to you? Text 1 (never) to 5 (always). Or SKIP.',
  'say/workers': '3 of 5. How many workers have you had this year? Text a number. Or SKIP.',
  'say/better': '4 of 5. What is one thing we should change? No names please. Or text SKIP.',
  'say/age':
    '5 of 5. How old are you?\n1 9 to 12\n2 13 to 15\n3 16 or 17\n4 18 to 25\n5 Rather not say\nText 1 to 5. Or SKIP.',
  'primary/feel':
    '1 of 4. How do you feel on your way to school?\n1 Very sad\n2 Sad\n3 In the middle\n4 Happy\n5 Very happy\nText 1 to 5. You can also text SKIP or BACK.',
  'primary/help':
    '2 of 4. What would help most?\n1 Slow cars\n2 A safe place to cross\n3 More lights\n4 Less litter\nText up to 2 numbers, like 1 3. Or SKIP.',
  'primary/travel':
    '3 of 4. How do you like best to go to school?\n1 Walk\n2 Bike\n3 Scooter\n4 Bus\n5 Car\nText your top 2 in order, like 2 1. Or SKIP.',
  'primary/wish': '4 of 4. What is your one wish for your street? No names please. Or text SKIP.',
  end: "All done, thanks! We'll text you what happened by 28 Jan. CHECK for news. Changed your mind? Text DELETE by Thu 5 Nov. Share your phone? Clear these texts.",
};

function ask(state: BareState, step: string): BareTurn {
  return { state: { ...state, step, misses: 0 }, reply: QUESTIONS[step] ?? '' };
}

function answer(state: BareState, value: unknown, next: string): BareTurn {
  const answers = value === undefined ? state.answers : { ...state.answers, [state.step]: value };
  return ask({ ...state, answers, path: [...state.path, state.step] }, next);
}

function choose(
  state: BareState,
  text: string,
  options: readonly string[],
  next: string,
): BareTurn {
  if (text === 'skip') return answer(state, undefined, next);
  const number = Number(text);
  if (number >= 1 && number <= options.length) return answer(state, number, next);
  const place = options.indexOf(text);
  return place >= 0 ? answer(state, place + 1, next) : sorry(state, 'Sorry, I did not get that.');
}

function several(state: BareState, text: string, size: number, next: string): BareTurn {
  if (text === 'skip') return answer(state, undefined, next);
  const numbers = text.split(/[ ,]+/).map(Number);
  const fit = numbers.every((number) => number >= 1 && number <= size) && numbers.length <= 2;
  return fit ? answer(state, numbers, next) : sorry(state, 'Sorry, I did not get that.');
}

function sorry(state: BareState, reply: string): BareTurn {
  const misses = state.misses + 1;
  return { state: { ...state, misses }, reply: `${reply}\n${QUESTIONS[state.step] ?? ''}` };
}

function back(state: BareState): BareTurn {
  const to = state.path.at(-1);
  if (to === undefined) return { state, reply: QUESTIONS[state.step] ?? '' };
  const answers: Record<string, unknown> = { ...state.answers };
  delete answers[to];
  return ask({ ...state, answers, path: state.path.slice(0, -1) }, to);
}
