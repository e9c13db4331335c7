/** Nobody is told twice in the same words, and nobody is left out whom the words did not reach. */
import { describe, expect, test } from 'vitest';
import type { Consultation } from '../../src/consultation/consultations.ts';
import { priceOfFeedback } from '../../src/conversation/feedback-price.ts';
import { saidAndDone } from '../../src/conversation/open-pages.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { cancelBroadcast } from '../../src/delivery/broadcasts.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import type { Localised } from '../../src/flow/values.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { app, sendAll } from './app-outbox.ts';

const ENGLISH = { en: 'Bury Council: most picked the ramp.' };
const BOTH = { ...ENGLISH, pl: 'Bury Council: wygrała rampa.' };
const [JO, OLA, SAM] = ['+447700900101', '+447700900102', '+447700900103'] as const;

async function finish(heard: TestHeard, number: string, ...first: string[]): Promise<void> {
  for (const text of ['PARK', ...first, 'go', '1', 'skip']) await heard.phone(number).text(text);
}

describe('feedback', () => {
  const tell = ({ heard }: TestHeard, park: Consultation, texts: Localised = ENGLISH) =>
    tellParticipants(heard.world, park, texts, 'command line');

  /** Sends what waits; gives the numbers that got the words of a feedback. */
  async function sent(heard: TestHeard, trial = false): Promise<readonly string[]> {
    const phones = app('sms');
    await sendAll(heard, phones, trial);
    return phones.sent
      .filter(({ prompts }) => prompts[0]?.text.startsWith('Bury Council'))
      .map(({ address }) => address)
      .sort();
  }

  test('that was sent, or waits, does not go to the same people again', async () => {
    await using heard = await openTestHeard();
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, JO);
    expect(await tell(heard, park)).toMatchObject({ planned: 1 });
    const again = { kind: 'refused', reason: expect.stringContaining('is about to get it') };
    expect(await tell(heard, park)).toEqual(again);
    expect(await sent(heard)).toEqual([JO]);
    expect(await tell(heard, park)).toEqual(again);
    await finish(heard, SAM);
    expect(await tell(heard, park)).toMatchObject({ planned: 1 });
    expect(await sent(heard)).toEqual([SAM]);
  });

  test('in one language more is for those who read it: the others have had their words', async () => {
    await using heard = await openTestHeard({ HEARD_MODE: 'live' });
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, JO);
    await finish(heard, OLA, 'po polsku');
    await tell(heard, park, ENGLISH);
    expect(await sent(heard)).toEqual([JO, OLA]);
    expect(await priceOfFeedback(heard.heard.world, park, BOTH)).toMatchObject({
      people: 1,
      leftOut: { 'same-words': 1 },
      languages: [{ language: 'pl', people: 1 }],
    });
    expect(await tell(heard, park, BOTH)).toMatchObject({ planned: 1 });
    expect(await sent(heard)).toEqual([OLA]);
  });

  test('a score that waits is kept where the words do not go once more', async () => {
    await using heard = await openTestHeard({ HEARD_MODE: 'live' });
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, JO);
    await tell(heard, park);
    await heard.phone(JO).text('5');
    await finish(heard, SAM);
    await tell(heard, park);
    const { rows } = await heard.heard.world.pool.query(
      'select score_ct is null as silent from feedback.rating_due order by 1',
    );
    expect(rows).toEqual([{ silent: false }, { silent: true }]);
  });

  test('that was cancelled before anything left may go after all', async () => {
    await using heard = await openTestHeard();
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, JO);
    const told = await tell(heard, park);
    await cancelBroadcast(heard.heard.world.pool, told.kind === 'planned' ? told.broadcast : '');
    expect(await tell(heard, park)).toMatchObject({ planned: 1 });
    expect(await sent(heard)).toEqual([JO]);
  });

  test('tried with the guests goes to all the others, once it is in earnest', async () => {
    await using heard = await openTestHeard();
    const { world } = heard.heard;
    const park = await heard.launchFlow('chesham-park');
    for (const number of [JO, OLA, SAM]) await finish(heard, number);
    await world.contacts.addGuest(world.pool, 'sms', OLA);
    expect(await tell(heard, park)).toMatchObject({ planned: 3 });
    expect(await sent(heard, true)).toEqual([OLA]);
    expect(await tell(heard, park)).toMatchObject({ planned: 2 });
    expect(await sent(heard)).toEqual([JO, SAM]);
    expect(await tell(heard, park)).toMatchObject({ kind: 'refused' });
    const [page] = await saidAndDone(world, 'en');
    expect(page?.told.map(({ text }) => text)).toEqual([ENGLISH.en]);
  });

  test('of more than a week ago is refused: who had it is not known any more', async () => {
    await using heard = await openTestHeard();
    const { pool } = heard.heard.world;
    const park = await heard.launchFlow('chesham-park');
    await finish(heard, JO);
    await tell(heard, park);
    await sent(heard);
    await pool.query('update delivery.outbox set ended_on = current_date - 8');
    await deleteEnded(pool);
    expect(await tell(heard, park, BOTH)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('more than a week ago'),
    });
    expect(await tell(heard, park, { en: 'Bury Council: it is being built.' })).toMatchObject({
      planned: 1,
    });
  });
});
