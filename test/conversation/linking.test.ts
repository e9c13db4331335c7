/** One person on several channels: joined only by a code that they typed and said yes to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Receipt } from '../../src/channel.ts';
import { consultationById } from '../../src/consultation/consultations.ts';
import { bodyBinding } from '../../src/conversation/commit-turn.ts';
import { sealForDay } from '../../src/conversation/day-seal.ts';
import {
  countReachable,
  leaveOutParticipants,
  listInvitees,
} from '../../src/conversation/recipients.ts';
import { keepPeople } from '../../src/conversation/retention.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { plan } from '../../src/delivery/plan.ts';
import { withRecipients } from '../../src/delivery/recipients.ts';
import { newLinkCode, readLinkCode } from '../../src/privacy/link-codes.ts';
import { openTestHeard, type Phone, type TestHeard } from '../support/open-test-heard.ts';

const NUMBER = '+447700900123';
const DISCORD = '80351110224678912';
const TEAMS = '11111111-aaaa/22222222-bbbb';
const MINUTE = 60_000;

interface Household {
  readonly sms: Phone;
  readonly discord: Phone;
  readonly teams: Phone;
}

function household(heard: TestHeard): Household {
  return {
    sms: heard.phone(NUMBER),
    discord: heard.phone(DISCORD, 'discord'),
    teams: heard.phone(TEAMS, 'teams'),
  };
}

async function codeOn(phone: Phone): Promise<string> {
  const [said = ''] = await phone.text('LINK');
  const code = /LINK (\w{4} \w{4})/.exec(said)?.[1];
  if (code === undefined) throw new Error(`No code in: ${said}`);
  return code;
}

async function linkUp(known: Phone, newcomer: Phone): Promise<void> {
  await newcomer.text(`link ${await codeOn(known)}`);
  expect((await newcomer.text('yes'))[0]).toMatch(/^Linked, thanks/);
}

async function answerThePark(phone: Phone): Promise<void> {
  for (const text of ['PARK', 'go', '1', 'skip']) await phone.text(text);
}

async function countOf(heard: TestHeard, sql: string): Promise<number> {
  const { rows } = await heard.heard.world.pool.query<{ n: number }>(
    `select count(*)::int as n from ${sql}`,
  );
  return rows[0]?.n ?? 0;
}

function textOf(receipt: Receipt): string {
  return receipt.kind === 'reply' ? receipt.prompts.map(({ text }) => text).join('\n') : '';
}

const links = (heard: TestHeard): Promise<number> => countOf(heard, 'conv.link');

describe('linking', () => {
  test('a code from one channel, typed on the other, and a yes', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    const code = await codeOn(sms);
    const [asks = ''] = await discord.text(`LINK ${code}`);
    expect(asks).toContain('Link this with your texts?');
    expect(asks).toContain('we know that both are you');
    expect(await links(heard)).toBe(0);
    expect((await discord.text('yes'))[0]).toContain('news comes here');
    expect(await links(heard)).toBe(2);
  });

  test('by command and button, as in an app: nothing typed there is ever an answer', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    for (const text of ['PARK', 'go', '1']) await discord.text(text);
    const wrong = await discord.receipt({ kind: 'command', command: 'link', code: 'hello there' });
    expect(textOf(wrong)).toContain('that code did not work');
    const code = await codeOn(sms);
    const asks = await discord.receipt({ kind: 'command', command: 'link', code });
    expect(textOf(asks)).toContain('Link this with your texts?');
    const [prompt] = asks.kind === 'reply' ? asks.prompts : [];
    expect(prompt?.keys).toEqual([{ command: 'go', label: 'Yes' }]);
    const { target } = prompt ?? {};
    if (target === undefined) throw new Error('The button says nothing of what it stands beside');
    const yes = { kind: 'command', command: 'go', target } as const;
    expect(textOf(await discord.receipt(yes))).toContain('To undo it: /unlink');
    expect(await links(heard)).toBe(2);
    expect(textOf(await discord.receipt(yes))).toContain('that code did not work');
    expect(await countOf(heard, 'conv.conversation')).toBe(1);
  });

  test('a button that began something else is no yes to linking', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await discord.text('PARK');
    await discord.text(`LINK ${await codeOn(sms)}`);
    await discord.receipt({ kind: 'command', command: 'go' });
    expect(await links(heard)).toBe(0);
  });

  test('the channel that gave the code is told', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    expect(
      await countOf(heard, `delivery.outbox where channel = 'sms' and state = 'planned'`),
    ).toBe(1);
  });

  test('a yes is understood in every language', async () => {
    await using heard = await openTestHeard();
    const { sms } = household(heard);
    for (const [at, yes] of ['go', 'YES', 'tak', 'ie', 'ہاں'].entries()) {
      const newcomer = heard.phone(`newcomer ${at}`, 'discord');
      await newcomer.text(`link ${await codeOn(sms)}`);
      await newcomer.text(yes);
      expect([yes, await links(heard)]).toEqual([yes, 2]);
      await newcomer.text('unlink');
      heard.clock.now = new Date(heard.clock.now.getTime() + 61 * MINUTE);
    }
  });

  test('anything else is no yes, and a yes after it is none either', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    for (const other of ['no', 'help', 'PARK', 'hello', 'my dad hits me', 'stop']) {
      const newcomer = heard.phone(`says ${other}`, 'discord');
      const code = await codeOn(heard.phone(`knows ${other}`, 'teams'));
      await newcomer.text(`link ${code}`);
      await newcomer.text(other);
      await newcomer.text('yes');
      expect([other, await links(heard)]).toEqual([other, 0]);
      await newcomer.text('start');
      expect((await newcomer.text(`link ${code}`))[0]).toContain('did not work');
    }
  });

  test('in the middle of a question: the yes links, and answers nothing', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await discord.text('PARK');
    const code = await codeOn(sms);
    expect((await discord.text(`link ${code}`)).join()).toContain('Link this with your texts?');
    const said = await discord.text('yes');
    expect(said[0]).toContain('Linked, thanks');
    expect(said.at(-1)).toContain('999');
    expect((await discord.text('go')).join()).toContain('1 of 2');
  });

  test('the page has nothing to link', async () => {
    await using heard = await openTestHeard();
    const page = heard.phone('a session', 'web');
    expect(await page.text('link')).toEqual([
      'There is nothing to link here: this page does not know who you are.',
    ]);
    const { sms } = household(heard);
    await page.text(`link ${await codeOn(sms)}`);
    await page.text('yes');
    expect(await links(heard)).toBe(0);
    expect(await countOf(heard, 'conv.link_code where typed_by is not null')).toBe(0);
  });

  test('a sentence that begins with the word is an answer like any other', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms } = household(heard);
    for (const text of ['PARK', 'go', '1']) await sms.text(text);
    expect((await sms.text('link road for bikes')).join()).toContain('All done');
  });
});

describe('codes', () => {
  test('are read however they are typed, and no other text is one', () => {
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat(20)),
        fc.constantFrom('', ' ', '-', '  '),
        (random, gap) => {
          const code = newLinkCode({ below: () => random.next().value });
          const letters = code.replace(' ', '');
          expect(readLinkCode(letters.toLowerCase().split('').join(gap))).toBe(letters);
          expect(letters).not.toMatch(/[01258BEILOSUVZA]/);
          expect(readLinkCode(letters.slice(1))).toBeUndefined();
        },
      ),
    );
  });

  test('are kept as a keyed hash only', async () => {
    await using heard = await openTestHeard();
    const code = await codeOn(household(heard).sms);
    const { rows } = await heard.heard.world.pool.query<{ row: string }>(
      `select row_to_json(c)::text as row from conv.link_code c`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(code.replace(' ', ''));
    expect(rows[0]?.row).not.toContain(Buffer.from(code.replace(' ', '')).toString('hex'));
  });

  test('live for fifteen minutes, before they are typed and after', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    const late = await codeOn(sms);
    heard.clock.now = new Date(heard.clock.now.getTime() + 15 * MINUTE);
    expect((await discord.text(`link ${late}`))[0]).toContain('did not work');
    const code = await codeOn(sms);
    heard.clock.now = new Date(heard.clock.now.getTime() + 14 * MINUTE);
    expect((await discord.text(`link ${code}`))[0]).toContain('Link this');
    heard.clock.now = new Date(heard.clock.now.getTime() + 16 * MINUTE);
    await discord.text('yes');
    expect(await links(heard)).toBe(0);
  });

  test('work once, for whoever typed them first', async () => {
    await using heard = await openTestHeard();
    const { sms, discord, teams } = household(heard);
    const code = await codeOn(sms);
    await discord.text(`link ${code}`);
    expect((await teams.text(`link ${code}`))[0]).toContain('did not work');
    await discord.text('yes');
    await teams.text(`link ${code}`);
    await teams.text('yes');
    expect(await links(heard)).toBe(2);
  });

  test('typed by two at once: one of them is asked', async () => {
    await using heard = await openTestHeard();
    const { sms } = household(heard);
    const code = await codeOn(sms);
    const others = Array.from({ length: 8 }, (_, at) =>
      heard.phone(`8035111022467${at}`, 'discord'),
    );
    const said = await Promise.all(others.map((one) => one.text(`link ${code}`)));
    expect(said.filter(([text]) => text?.includes('Link this'))).toHaveLength(1);
  });

  test('a new one makes the one before void', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    const first = await codeOn(sms);
    await codeOn(sms);
    expect((await discord.text(`link ${first}`))[0]).toContain('did not work');
  });

  test('after five wrong ones the right one does not work either, for an hour', async () => {
    await using heard = await openTestHeard();
    const { sms, discord, teams } = household(heard);
    for (let tries = 0; tries < 5; tries++)
      expect((await discord.text(`link CCCC 333${'34679'[tries]}`))[0]).toContain('did not work');
    const code = await codeOn(sms);
    expect((await discord.text(`link ${code}`))[0]).toContain('leave it for an hour');
    expect((await teams.text(`link ${code}`))[0]).toContain('Link this');
    heard.clock.now = new Date(heard.clock.now.getTime() + 61 * MINUTE);
    expect((await discord.text(`link ${await codeOn(sms)}`))[0]).toContain('Link this');
  });

  test('forty guesses at once count like forty one after the other', async () => {
    await using heard = await openTestHeard();
    const { discord } = household(heard);
    await discord.text('hello');
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        heard.anotherNode()({
          channel: 'discord',
          address: DISCORD,
          messageId: `guess ${at}`,
          event: { kind: 'text', text: `link CCCC 33${34 + at}`.replaceAll(/[01258]/g, '7') },
        }),
      ),
    );
    expect(await countOf(heard, 'conv.link_try')).toBeLessThanOrEqual(5);
  });

  test('one’s own code links nobody with themselves', async () => {
    await using heard = await openTestHeard();
    const { sms } = household(heard);
    const code = await codeOn(sms);
    expect((await sms.text(`link ${code}`))[0]).toContain('for the other side');
    await sms.text('yes');
    expect(await links(heard)).toBe(0);
  });
});

test('without a code, typed and confirmed, no two people are ever linked', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const said = fc.constantFrom(
    'link',
    'yes',
    'go',
    'unlink',
    'PARK',
    '1',
    'stop',
    'start',
    'link CCCC 3333',
    'delete',
    'stop all',
  );
  const turn = fc.record({ who: fc.nat(3), text: said });
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 12 }), async (turns) => {
      for (const { who, text } of turns) {
        const channel = who % 2 === 0 ? 'discord' : 'teams';
        await heard.phone(`person ${who}`, channel).text(text);
      }
      expect(await links(heard)).toBe(0);
    }),
    { numRuns: 12, seed: 20261122 },
  );
});

describe('circles', () => {
  test('a chain of three is one person, and linking again says so', async () => {
    await using heard = await openTestHeard();
    const { sms, discord, teams } = household(heard);
    await linkUp(sms, discord);
    await linkUp(discord, teams);
    expect(await countOf(heard, '(select distinct circle from conv.link) c')).toBe(1);
    expect(await links(heard)).toBe(3);
    expect((await sms.text(`link ${await codeOn(teams)}`))[0]).toContain('linked already');
  });

  test('two pairs become one circle of four', async () => {
    await using heard = await openTestHeard();
    const { sms, discord, teams } = household(heard);
    const other = heard.phone('+447700900456');
    await linkUp(sms, discord);
    await linkUp(other, teams);
    await linkUp(discord, teams);
    expect(await links(heard)).toBe(4);
    expect(await countOf(heard, '(select distinct circle from conv.link) c')).toBe(1);
  });

  test('a class does not fit', async () => {
    await using heard = await openTestHeard();
    const { sms } = household(heard);
    let last = sms;
    for (let at = 0; at < 5; at++) {
      const pupil = heard.phone(`pupil ${at}`, 'discord');
      await linkUp(last, pupil);
      last = pupil;
    }
    const seventh = heard.phone('pupil 7', 'discord');
    expect((await seventh.text(`link ${await codeOn(last)}`))[0]).toContain('as many as we can');
  });

  test('UNLINK takes one out; who is left alone is linked with nobody', async () => {
    await using heard = await openTestHeard();
    const { sms, discord, teams } = household(heard);
    await linkUp(sms, discord);
    await linkUp(discord, teams);
    expect((await teams.text('unlink'))[0]).toContain('linked with nothing now');
    expect(await links(heard)).toBe(2);
    await sms.text('UNLINK');
    expect(await links(heard)).toBe(0);
    expect((await discord.text('unlink'))[0]).toContain('Nothing is linked here');
  });

  test('forgetting a person removes the link, and only that person', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    await sms.text('wrong number');
    expect(await links(heard)).toBe(0);
    expect(await countOf(heard, `conv.person where channel = 'discord'`)).toBe(1);
  });

  test('retention keeps a link while either side takes part, and a month from its making', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord, teams } = household(heard);
    await answerThePark(sms);
    await linkUp(sms, discord);
    await linkUp(heard.phone('+447700900456'), teams);
    const { world } = heard.heard;
    await world.pool.query(
      `update delivery.outbox set state = 'refused', body_ct = null where state in ('planned', 'attempting')`,
    );
    await keepPeople(world);
    expect(await links(heard)).toBe(4);
    heard.clock.now = new Date(heard.clock.now.getTime() + 40 * 24 * 60 * MINUTE);
    await keepPeople(world);
    expect(await links(heard)).toBe(2);
    await world.pool.query('delete from conv.participation');
    await keepPeople(world);
    expect(await links(heard)).toBe(0);
  });
});

describe('asked once', () => {
  test('what is finished on one channel is not asked on the other', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await answerThePark(sms);
    await linkUp(sms, discord);
    expect((await discord.text('PARK'))[0]).toContain("You've taken part in Chesham park");
    expect((await discord.text('check'))[0]).toContain('Chesham park: you joined in');
  });

  test('what is under way on one is gone on with there', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await sms.text('PARK');
    await sms.text('go');
    await linkUp(sms, discord);
    expect(await discord.text('PARK')).toEqual([
      "You've started Chesham park already (texts). You can finish it there.",
    ]);
  });

  test('open on both when they were linked: the first to finish counts', async () => {
    await using heard = await openTestHeard();
    const { id } = await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    for (const phone of [sms, discord]) for (const text of ['PARK', 'go']) await phone.text(text);
    await linkUp(sms, discord);
    for (const text of ['1', 'skip']) await sms.text(text);
    expect((await discord.text('2'))[0]).toContain("You've taken part in");
    expect(await countOf(heard, `conv.participation where consultation_id = '${id}'`)).toBe(1);
    expect(await countOf(heard, 'conv.conversation')).toBe(0);
  });

  test('without a link nothing is joined', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await answerThePark(sms);
    expect((await discord.text('PARK')).join()).toContain('Bury Council here');
  });
});

describe('news comes once', () => {
  const texts = { en: 'Most picked the skate ramp. Work starts in May.' };

  async function told(heard: TestHeard): Promise<readonly string[]> {
    const { world } = heard.heard;
    const { rows: all } = await world.pool.query<{ id: string }>(
      'select id from consultation.consultation',
    );
    const found = await consultationById(world.pool, all[0]?.id ?? '');
    if (!found) throw new Error('nothing was launched');
    const done = await tellParticipants(world, found, texts, 'command line');
    if (done.kind !== 'planned') throw new Error('not told');
    const { rows } = await world.pool.query<{ channel: string }>(
      `select channel from delivery.outbox where class = 'feedback' and ordinal = 0 order by channel`,
    );
    expect(done.planned).toBe(rows.length);
    return rows.map(({ channel }) => channel);
  }

  test('on the channel linked last, though they took part on another', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await answerThePark(sms);
    await linkUp(sms, discord);
    expect(await told(heard)).toEqual(['discord']);
  });

  test('once also where both took part before they were linked', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await answerThePark(sms);
    await answerThePark(discord);
    await linkUp(discord, sms);
    expect(await told(heard)).toEqual(['sms']);
  });

  test('where they came back on one only, on that one', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord, teams } = household(heard);
    await answerThePark(sms);
    await linkUp(sms, discord);
    await linkUp(sms, teams);
    await teams.text('stop');
    await discord.text('start');
    expect(await told(heard)).toEqual(['discord']);
  });

  test('on both while nothing is linked', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await answerThePark(sms);
    await answerThePark(discord);
    expect(await told(heard)).toEqual(['discord', 'sms']);
  });
});

describe('invitations', () => {
  async function invited(heard: TestHeard, ...phones: readonly string[]): Promise<number> {
    const { pool, contacts } = heard.heard.world;
    const { rows } = await pool.query<{ id: string }>('select id from consultation.consultation');
    const id = rows[0]?.id ?? '';
    const people = await contacts.enrolMany(
      pool,
      phones.map((address) => ({ channel: 'sms', address })),
    );
    return withRecipients(pool, (session) =>
      session.transaction(async (tx) => {
        await listInvitees(
          tx,
          people.map(({ person }) => ({ personId: person, wording: 'en' })),
        );
        await leaveOutParticipants(tx, id);
        return countReachable(tx);
      }),
    );
  }

  test('none where they take part on another channel, and one for two numbers of one person', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    const second = '+447700900456';
    expect(await invited(heard, NUMBER, second, '+447700900789')).toBe(3);
    await linkUp(sms, heard.phone(second));
    expect(await invited(heard, NUMBER, second, '+447700900789')).toBe(2);
    await linkUp(sms, discord);
    await discord.text('PARK');
    await discord.text('go');
    expect(await invited(heard, NUMBER, second, '+447700900789')).toBe(1);
  });
});

describe('STOP', () => {
  async function stoppedOn(heard: TestHeard): Promise<readonly string[]> {
    const { rows } = await heard.heard.world.pool.query<{ channel: string }>(
      'select channel from conv.person where stopped order by channel',
    );
    return rows.map(({ channel }) => channel);
  }

  test('on one is STOP on all that is linked, and says which', async () => {
    await using heard = await openTestHeard();
    const { sms, discord, teams } = household(heard);
    await linkUp(sms, discord);
    await linkUp(sms, teams);
    const receipt = await discord.receipt({ kind: 'text', text: 'stop' });
    const [prompt] = receipt.kind === 'reply' ? receipt.prompts : [];
    expect(prompt?.text).toContain('That goes for Teams and texts too, which you linked.');
    expect(prompt?.text).toContain('brings back that one only');
    expect(prompt?.keys).toEqual([]);
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms', 'teams']);
  });

  test.each(['stop all', 'STOP everywhere'])('%s says and does the same', async (words) => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    expect((await sms.text(words))[0]).toContain('and Discord too, which you linked');
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
  });

  test('START brings back only the channel it is said on; STOP there stops it again', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    await discord.text('STOP');
    await sms.text('start');
    expect(await stoppedOn(heard)).toEqual(['discord']);
    expect((await discord.text('STOP'))[0]).toContain('That goes for texts too');
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
    expect(await discord.text('STOP')).toEqual([]);
  });

  test('on both in the same moment stops both', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    await Promise.all([sms.text('stop'), discord.text('stop')]);
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
  });

  test('takes back what is planned for the others', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    const { pool, keys, ambient } = heard.heard.world;
    const { rows } = await pool.query<{ id: string; channel: 'sms' | 'discord' }>(
      'select id, channel from conv.person',
    );
    for (const { id, channel } of rows) {
      const body = await sealForDay(keys, ambient.now(), '[]', bodyBinding(id));
      await plan(pool, [{ personId: id, channel, class: 'feedback', parts: 1, body }]);
    }
    await sms.text('stop');
    const taken = `delivery.outbox where class = 'feedback' and reason = 'opted-out'`;
    expect(await countOf(heard, taken)).toBe(2);
  });

  test('without a link it speaks of no other channel, and stops none', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await sms.text('hello');
    for (const words of ['stop', 'stop all']) {
      expect((await discord.text(words))[0]).not.toMatch(/linked|texts|Teams/);
      expect(await stoppedOn(heard)).toEqual(['discord']);
      await discord.text('start');
    }
  });

  test('after UNLINK it is STOP on that one alone', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    await sms.text('unlink');
    expect((await discord.text('stop'))[0]).not.toMatch(/linked|texts/);
    expect(await stoppedOn(heard)).toEqual(['discord']);
  });

  test('in the middle of a question it says the same, and what is half done goes', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    for (const text of ['PARK', 'go']) await discord.text(text);
    expect((await discord.text('STOP'))[0]).toContain('That goes for texts too, which you linked');
    expect(await countOf(heard, 'conv.conversation')).toBe(0);
  });

  test('ends what is half done on the other channel', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    for (const text of ['PARK', 'go']) await sms.text(text);
    await discord.text('stop');
    expect(await countOf(heard, 'conv.conversation')).toBe(0);
    expect(await countOf(heard, 'conv.participation')).toBe(0);
    expect(await countOf(heard, 'contact.suppression')).toBe(2);
  });

  test('holds for all also where the carrier answers it', async () => {
    await using heard = await openTestHeard();
    const { sms, discord } = household(heard);
    await linkUp(sms, discord);
    await sms.receipt({ kind: 'handled-by-provider', command: 'stop' });
    expect(await stoppedOn(heard)).toEqual(['discord', 'sms']);
  });
});

describe('DELETE', () => {
  test('takes back what was answered on the other channel', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    await answerThePark(sms);
    await linkUp(sms, discord);
    expect((await discord.text('delete'))[0]).toContain('Your answers to Chesham park are deleted');
    expect((await sms.text('delete'))[0]).toContain("can't find answers");
  });

  test('takes back what is half done on the other channel', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const { sms, discord } = household(heard);
    for (const text of ['PARK', 'go', '1']) await sms.text(text);
    await linkUp(sms, discord);
    expect((await discord.text('delete'))[0]).toContain('What you answered so far is deleted');
    expect(await countOf(heard, 'conv.conversation')).toBe(0);
  });
});
