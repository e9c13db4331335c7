/**
 * People who answer in Discord or Teams, from joining in a shared chat to hearing what happened: by
 * buttons, in private, counted once where they began, and written to afterwards.
 */
import { describe, expect, test } from 'vitest';
import { bodyOpener } from '../../src/app/dispatching.ts';
import type { Channel, Inbound, Outbound, Receipt } from '../../src/channel.ts';
import { priceOfFeedback } from '../../src/conversation/price.ts';
import { RATING } from '../../src/conversation/rating-prompt.ts';
import { countRatings } from '../../src/conversation/score.ts';
import { createSharedChatDesk } from '../../src/conversation/shared-chat-desk.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { expireDue, remindDue } from '../../src/conversation/wake.ts';
import { createDispatcher } from '../../src/delivery/dispatcher.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import { aboutFinished } from '../../src/groups/taking-part.ts';
import { silentLog } from '../../src/platform/log.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

const DAY = 86_400_000;
const TEXTS = { en: 'Bury Council: most picked the ramp.' };
const GUILD = 'chat:900000000000000001';

type App = 'discord' | 'teams';
interface From {
  readonly channel?: App;
  readonly within?: string;
  readonly reference?: string;
}

/** One person in an app, who sees what the app would show. */
function member(heard: TestHeard, address: string, from: From = {}) {
  const { channel = 'discord', ...others } = from;
  let sent = 0;
  let shown: readonly Prompt[] = [];
  const does = async (event: Inbound['event'], more: From = {}): Promise<readonly Prompt[]> => {
    const messageId = `${channel} ${address} ${++sent}`;
    const receipt: Receipt = await heard.receive({
      channel,
      address,
      messageId,
      event,
      ...others,
      ...more,
    });
    if (receipt.kind === 'silence') return [];
    receipt.handedOver();
    shown = receipt.prompts;
    return shown;
  };
  return {
    does,
    join: (keyword = 'PARK', language?: string) =>
      does({ kind: 'join', keyword, ...(language === undefined ? {} : { language }) }),
    command: (command: Extract<Inbound['event'], { kind: 'command' }>['command']) =>
      does({ kind: 'command', command }),
    /** Presses a button of what is shown last, or of what was shown before. */
    tap: (option: string, among = shown) => {
      const target = among.findLast((prompt) => prompt.target)?.target;
      if (!target) throw new Error('nothing can be pressed');
      return does({ kind: 'choice', ...target, options: [option] });
    },
    shown: () => shown,
  };
}

async function finish(one: ReturnType<typeof member>): Promise<readonly Prompt[]> {
  await one.join();
  await one.tap('go');
  await one.tap('ramp');
  return one.command('skip');
}

function texts(prompts: readonly Prompt[]): string {
  return prompts.map(({ lead, text }) => `${lead ?? ''} ${text}`).join('\n');
}

async function rows(heard: TestHeard, table: string): Promise<number> {
  return (await heard.heard.world.pool.query(`select from ${table}`)).rowCount ?? 0;
}

/** An app that takes everything and remembers it. */
function app(name: App): Channel & { readonly sent: Outbound[] } {
  const sent: Outbound[] = [];
  return {
    name,
    sender: `${name}:test`,
    staysOnThisMachine: false,
    cost: () => 1,
    sent,
    send: async (outbound) => {
      sent.push(outbound);
      return { kind: 'accepted', providerId: `${name} ${sent.length}` };
    },
  };
}

async function sendAll({ heard, clock }: TestHeard, channel: Channel, trial = false) {
  const { world } = heard;
  await world.ledger.flush();
  await createDispatcher({
    pool: world.pool,
    channel,
    ambient: { ...world.ambient, now: () => clock.now },
    people: world.contacts,
    openBody: bodyOpener(heard),
    onOptOut: (personId) => world.contacts.stop(world.pool, personId, 'carrier'),
    trial,
    partsPerSecond: 1000,
    hours: { ...world.sending.hours, always: true },
    log: silentLog,
  }).drain();
}

describe('somebody in an app', () => {
  test('joins, answers by buttons and hears what happened', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const person = member(heard, '800000000000000001');
    expect(texts(await person.join())).toContain('Bury Council');
    expect(texts(await person.tap('go'))).toContain('What should we build first?');
    expect(texts(await person.tap('ramp'))).toContain('What would make the park better');
    await person.does({ kind: 'text', text: 'More bins by the gate' });
    expect(await rows(heard, 'conv.conversation')).toBe(0);
    expect(
      await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line'),
    ).toMatchObject({ kind: 'planned', planned: 1 });
    const discord = app('discord');
    await sendAll(heard, discord);
    expect(discord.sent.map(({ address }) => address)).toEqual([
      '800000000000000001',
      '800000000000000001',
    ]);
    expect(discord.sent[0]?.prompts[0]?.text).toBe(TEXTS.en);
    const question = discord.sent[1]?.prompts ?? [];
    expect(question[0]).toMatchObject({ input: { kind: 'one' }, target: { step: RATING } });
    expect(texts(await person.tap('4', question))).toContain('Thank you');
    const { rows: due } = await heard.heard.world.pool.query<{ given: boolean }>(
      'select score_ct is not null as given from feedback.rating_due',
    );
    expect(due).toEqual([{ given: true }]);
  });

  test('may press a score in the middle of other questions, which then come again', async () => {
    await using heard = await openTestHeard();
    const park = await heard.launchFlow('chesham-park');
    const people = Array.from({ length: 5 }, (_, at) => member(heard, `80000000000000001${at}`));
    for (const person of people) await finish(person);
    await tellParticipants(heard.heard.world, park, TEXTS, 'command line');
    const other = await heard.launchFlow('make-your-mark');
    const discord = app('discord');
    await sendAll(heard, discord);
    const score = discord.sent.map(({ prompts }) => prompts).find(([one]) => one?.target) ?? [];
    for (const person of people) {
      await person.join(other.keyword);
      const asked = (await person.tap('go')).at(-1)?.text ?? '';
      const said = texts(await person.tap('5', score));
      expect(said).toContain('Thank you');
      expect(said).toContain(asked);
      await person.tap('1', score);
    }
    expect(await countRatings(heard.heard.world)).toBe(5);
    const { rows: scores } = await heard.heard.world.pool.query(
      'select score, count from feedback.rating',
    );
    expect(scores).toEqual([{ score: 5, count: 5 }]);
  });

  test('is told of a button that is behind them, and it changes nothing', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const person = member(heard, '800000000000000002');
    await person.join();
    const question = await person.tap('go');
    await person.tap('ramp', question);
    expect(texts(await person.tap('lights', question))).toContain('already behind us');
    await person.command('skip');
    const sealed = await rows(heard, 'conv.participation');
    // Last week's button, long after the end, is answered each time it is pressed.
    for (let press = 0; press < 2; press++)
      expect(texts(await person.tap('lights', question))).toContain('taken part');
    expect(await rows(heard, 'conv.participation')).toBe(sealed);
  });

  test('is answered whenever they press something, and once a day when they type', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const person = member(heard, '800000000000000003');
    for (let press = 0; press < 2; press++) {
      expect(await person.join('nothing')).toHaveLength(1);
      expect(await person.command('skip')).toHaveLength(1);
    }
    expect(await person.does({ kind: 'text', text: 'hello' })).toHaveLength(1);
    expect(await person.does({ kind: 'text', text: 'hello' })).toEqual([]);
  });

  test('chooses a language before anything begins, and is spoken to in it', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const person = member(heard, '800000000000000004');
    const [said] = await person.does({ kind: 'command', command: 'language', language: 'pl' });
    expect(said?.language).toBe('pl');
    expect((await person.join()).map(({ language }) => language)).toEqual(['pl', 'pl']);
  });

  test('who said stop is told how to come back, and is not written to', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const person = member(heard, '800000000000000005');
    await finish(person);
    expect(await person.command('stop')).toHaveLength(1);
    expect(texts(await person.join())).toContain('/start');
    expect(texts(await person.command('check'))).toContain('/start');
    expect(await person.does({ kind: 'text', text: 'PARK' })).toEqual([]);
    expect(
      await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line'),
    ).toMatchObject({ planned: 0 });
    await person.command('start');
    expect(texts(await person.join())).toContain('taken part');
  });

  test('is reminded once by a message of its own, and their time runs out', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const person = member(heard, '800000000000000006');
    await person.join();
    await person.tap('go');
    heard.clock.now = new Date(heard.clock.now.getTime() + 3 * DAY);
    expect(await remindDue(heard.heard.world)).toBe(1);
    const discord = app('discord');
    await sendAll(heard, discord);
    expect(discord.sent).toHaveLength(1);
    heard.clock.now = new Date(heard.clock.now.getTime() + 8 * DAY);
    expect(await expireDue(heard.heard.world)).toBe(1);
    expect(await rows(heard, 'conv.conversation')).toBe(0);
  });

  test('in trial mode only guests are written to first', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const { world } = heard.heard;
    const discord = app('discord');
    const sending = { ...world.sending, guestsOnly: new Set(['discord'] as const) };
    await finish(member(heard, '800000000000000007'));
    await finish(member(heard, '800000000000000008'));
    await world.contacts.addGuest(world.pool, 'discord', '800000000000000008');
    expect(await priceOfFeedback({ ...world, sending }, consultation, TEXTS)).toMatchObject({
      people: 1,
      inApps: 1,
      parts: 0,
      languages: [],
      leftOut: { trial: 1 },
    });
    await tellParticipants(world, consultation, TEXTS, 'command line');
    await sendAll(heard, discord, true);
    expect(new Set(discord.sent.map(({ address }) => address))).toEqual(
      new Set(['800000000000000008']),
    );
  });

  test('costs nothing, beside those who are texted', async () => {
    await using heard = await openTestHeard({ HEARD_MODE: 'live' });
    const consultation = await heard.launchFlow('chesham-park');
    await finish(member(heard, '800000000000000009'));
    for (const said of ['PARK', 'go', '1', 'skip']) await heard.phone('+447700900101').text(said);
    const price = await priceOfFeedback(heard.heard.world, consultation, TEXTS);
    expect(price).toMatchObject({
      people: 2,
      inApps: 1,
      parts: 2,
      languages: [{ people: 1, parts: 2 }],
    });
  });
});

describe('the way back to somebody', () => {
  test('is kept with the address, and the newest one is used', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const teams = app('teams');
    const person = member(heard, 'tenant/person', { channel: 'teams' });
    await person.does({ kind: 'command', command: 'help' }, { reference: 'before joining' });
    expect(await rows(heard, 'contact.address')).toBe(0);
    await person.does({ kind: 'join', keyword: 'PARK' }, { reference: 'in the meeting' });
    await person.tap('go');
    await person.does({ kind: 'text', text: 'ramp' }, { reference: 'alone' });
    await person.command('skip');
    await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line');
    await sendAll(heard, teams);
    expect(teams.sent.map(({ reference }) => reference)).toEqual(['alone', 'alone']);
    const { rows: kept } = await heard.heard.world.pool.query<{ ct: Buffer }>(
      'select reference_ct as ct from contact.address',
    );
    expect(kept[0]?.ct.includes('alone')).toBe(false);
  });
});

test('somebody met before they joined in a meeting is written to where they were met', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const person = member(heard, 'tenant/met-before', { channel: 'teams' });
  const alone = { reference: 'their own chat' };
  await person.does({ kind: 'command', command: 'help' }, alone);
  await person.does({ kind: 'join', keyword: 'PARK' }, { within: 'chat:a-meeting' });
  await person.does({ kind: 'command', command: 'help' }, alone);
  const { pool, contacts } = heard.heard.world;
  const { rows: kept } = await pool.query<{ id: string }>(
    `select person_id as id from contact.address join conv.conversation using (person_id)`,
  );
  const ids = kept.map(({ id }) => id);
  expect([...(await contacts.addressOf(pool, ids)).values()]).toMatchObject([alone]);
});

describe('inside a shared chat', () => {
  async function finishedIn(heard: TestHeard, consultationId: string): Promise<number> {
    const { rows: found } = await heard.heard.world.pool.query<{ finished: number }>(
      'select finished from chat.taking_part where consultation_id = $1',
      [consultationId],
    );
    return found.reduce((sum, { finished }) => sum + finished, 0);
  }

  test('those who finish are counted once, where they began', async () => {
    await using heard = await openTestHeard();
    const { id } = await heard.launchFlow('chesham-park');
    for (let at = 10; at < 16; at++) {
      const person = member(heard, `8000000000000000${at}`, { within: GUILD });
      await finish(person);
      await person.join();
    }
    await finish(member(heard, '800000000000000016'));
    expect(await finishedIn(heard, id)).toBe(6);
    const { world } = heard.heard;
    const { rows: chats } = await world.pool.query<{ id: string }>('select id from chat.chat');
    expect(chats).toHaveLength(1);
    expect(await aboutFinished(world.pool, chats[0]?.id, id)).toBe(5);
  });

  test('who stops, deletes or lets the time run out is not counted, and no link stays', async () => {
    await using heard = await openTestHeard();
    const { id } = await heard.launchFlow('chesham-park');
    const [stops, deletes, sleeps] = ['20', '21', '22'].map((end) =>
      member(heard, `8000000000000000${end}`, { within: GUILD }),
    );
    for (const person of [stops, deletes, sleeps]) {
      await person?.join();
      await person?.tap('go');
    }
    const linked = async () =>
      (await heard.heard.world.pool.query('select from conv.conversation where within is not null'))
        .rowCount;
    expect(await linked()).toBe(3);
    await stops?.command('stop');
    await deletes?.command('delete');
    heard.clock.now = new Date(heard.clock.now.getTime() + 11 * DAY);
    await expireDue(heard.heard.world);
    expect(await linked()).toBe(0);
    expect(await finishedIn(heard, id)).toBe(0);
  });
});

describe('what an app may ask', () => {
  test('where somebody stands: the question that waits, and how it stands after the end', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const desk = createSharedChatDesk(heard.heard.world);
    const address = '800000000000000030';
    const now = () => desk.current({ channel: 'discord', address });
    expect(await now()).toBeUndefined();
    const person = member(heard, address);
    await person.join('PARK', 'pl');
    expect(await now()).toMatchObject({ keyword: 'PARK', ended: false, language: 'pl' });
    const asked = await person.tap('go');
    const again = await now();
    expect(again?.prompts.at(-1)).toMatchObject({ text: asked.at(-1)?.text });
    // What is shown so can be pressed, and asking writes nothing.
    expect(texts(await person.tap('ramp', again?.prompts))).not.toContain('za nami');
    await person.command('skip');
    const after = await now();
    expect(after).toMatchObject({ keyword: 'PARK', ended: true, language: 'pl' });
    expect(after?.prompts).toHaveLength(1);
    expect(await desk.current({ channel: 'teams', address })).toBeUndefined();
  });

  test('what can be joined, each with its promise, and the card of a chat', async () => {
    await using heard = await openTestHeard();
    const desk = createSharedChatDesk(heard.heard.world);
    expect(await desk.openConsultations()).toEqual([]);
    await heard.launchFlow('chesham-park');
    for (let at = 40; at < 45; at++)
      await finish(member(heard, `8000000000000000${at}`, { within: GUILD }));
    expect(await desk.openConsultations('pl')).toEqual([
      {
        keyword: 'PARK',
        title: expect.any(String),
        promise: expect.stringContaining('Bury Council'),
      },
    ]);
    const card = await desk.sharedCard({ channel: 'discord', chat: GUILD }, 'park');
    expect(card).toMatchObject({ keyword: 'PARK', state: 'open', results: [] });
    expect(card?.progress).toContain('About 5');
    const elsewhere = await desk.sharedCard({ channel: 'discord', chat: 'chat:1' }, 'park');
    expect(elsewhere?.progress).not.toContain('About');
    expect(await desk.sharedCard({ channel: 'discord', chat: GUILD }, 'nothing')).toBeUndefined();
  });
});
