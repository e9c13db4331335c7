/** Telling everyone what happened, and what a web session may leave behind. */
import { describe, expect, test } from 'vitest';
import { createChatDesk } from '../../src/conversation/chat-desk.ts';
import { invite } from '../../src/conversation/invite.ts';
import { createListeners } from '../../src/conversation/listeners.ts';
import { countRatings } from '../../src/conversation/score.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';

const TEXTS = { en: 'Bury Council: most picked the ramp.', pl: 'Bury Council: wygrała rampa.' };

async function finish(heard: TestHeard, number: string, ...first: string[]): Promise<void> {
  for (const text of ['PARK', ...first, 'go', '1', 'skip']) await heard.phone(number).text(text);
}

async function planned(heard: TestHeard, kind: string): Promise<readonly string[]> {
  const { rows } = await heard.heard.world.pool.query<{ said: string }>(
    `select c.prompts->0->>'text' as said from delivery.outbox o
     join delivery.content c on c.id = o.content_id where o.class = $1 order by o.id`,
    [kind],
  );
  return rows.map((row) => row.said);
}

describe('feedback', () => {
  test('is the same text for all, in the language of each, with one question back', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    await finish(heard, '+447700900101');
    await finish(heard, '+447700900102', 'po polsku');
    await heard.phone('+447700900103').text('PARK');
    const told = await tellParticipants(heard.heard.world, consultation, TEXTS, 'command line');
    expect(told).toMatchObject({ kind: 'planned', planned: 2 });
    const said = await planned(heard, 'feedback');
    expect(said).toHaveLength(4);
    expect(new Set(said)).toContain(TEXTS.en);
    expect(new Set(said)).toContain(TEXTS.pl);
  });

  test('a score is counted once, and only with others', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const numbers = Array.from({ length: 6 }, (_, at) => `+44770090020${at}`);
    for (const number of numbers) await finish(heard, number);
    const { world } = heard.heard;
    await tellParticipants(world, consultation, TEXTS, 'command line');
    const [first = '', ...others] = numbers;
    expect(await heard.phone(first).text('5')).toHaveLength(1);
    expect(await countRatings(world)).toBe(0);
    for (const number of others.slice(0, 4)) await heard.phone(number).text('4');
    expect(await countRatings(world)).toBe(5);
    const { rows } = await world.pool.query(
      'select score, count from feedback.rating order by score',
    );
    expect(rows).toEqual([
      { score: 4, count: 4 },
      { score: 5, count: 1 },
    ]);
    expect((await heard.phone(first).text('5')).join()).not.toContain('Thank');
  });
});

describe('invitations', () => {
  test('say who gave us the number; GO joins', async () => {
    await using heard = await openTestHeard();
    const consultation = await heard.launchFlow('chesham-park');
    const { world } = heard.heard;
    const invitees = ['+447700900301', '+447700900302', '+447700900303'].map((address) => ({
      address,
      source: 'Bury Youth Service',
    }));
    await heard.phone('+447700900303').text('STOP');
    expect(await invite(world, consultation, invitees)).toMatchObject({ planned: 2, leftOut: 1 });
    expect((await planned(heard, 'invitation')).every((said) => said.includes('Bury Youth'))).toBe(
      true,
    );
    expect(await heard.phone('+447700900301').text('GO')).toHaveLength(2);
  });
});

describe('a web session', () => {
  test('a number left there is kept apart, and cannot take part again', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const web = heard.phone('a-web-session', 'web');
    const desk = createChatDesk(heard.heard.world, createListeners());
    await web.receipt({ kind: 'join', keyword: 'park', language: 'en' });
    await web.receipt({ kind: 'command', command: 'go' });
    await web.text('1');
    await web.text('skip');
    expect(await desk.follow('a-web-session', '07700 900404')).toBe('kept');
    expect(await desk.follow('a-web-session', 'hello')).toBe('bad-number');
    expect((await heard.phone('+447700900404').text('PARK')).join()).toContain('taken part');
    const { rows } = await heard.heard.world.pool.query<{ state: string }>(
      'select state from conv.participation order by state',
    );
    expect(rows.map((row) => row.state)).toEqual(['done', 'follows']);
  });

  test('after "finish and clear" nothing of it can be seen', async () => {
    await using heard = await openTestHeard();
    await heard.launchFlow('chesham-park');
    const web = heard.phone('a-shared-device', 'web');
    const desk = createChatDesk(heard.heard.world, createListeners());
    await web.receipt({ kind: 'join', keyword: 'park', language: 'en' });
    await web.receipt({ kind: 'command', command: 'go' });
    await heard.heard.world.ledger.flush();
    expect((await desk.current('a-shared-device'))?.prompts[0]?.text).toContain('build first');
    await desk.clear('a-shared-device');
    expect(await desk.current('a-shared-device')).toBeUndefined();
    const { rows } = await heard.heard.world.pool.query('select from conv.conversation');
    expect(rows).toEqual([]);
  });
});
