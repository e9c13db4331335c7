/** Those who begin in a shared chat are counted there once, when they finish, and no link stays. */
import { expect, test } from 'vitest';
import { expireDue } from '../../src/conversation/wake.ts';
import { aboutFinished } from '../../src/groups/taking-part.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { finish, GUILD, member } from './app-member.ts';

const DAY = 86_400_000;

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
