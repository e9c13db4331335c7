/** An invitation in the same words goes to nobody twice, also when its flow is launched anew. */
import { expect, test } from 'vitest';
import { close } from '../../src/conversation/close.ts';
import { priceOfInvitations } from '../../src/conversation/invitation-price.ts';
import { invite } from '../../src/conversation/invite.ts';
import { deleteEnded } from '../../src/delivery/retention.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { anotherFlow } from './another-flow.ts';
import { app, sendAll } from './app-outbox.ts';

/** The cap would leave them out for another reason. */
const OFTEN = { HEARD_MODE: 'live', HEARD_CONTACT_CAP: '9' };
const people = (source: string, ...numbers: number[]) =>
  numbers.map((at) => ({ address: `+447700${at}`, source }));

test('whoever had it, or is about to, is left out; newcomers and other words go', async () => {
  await using heard = await openTestHeard(OFTEN);
  const { world } = heard.heard;
  const first = await heard.launchFlow('chesham-park');
  await invite(world, first, people('Bury Youth Service', 900101, 900102));
  await sendAll(heard, app('sms'));
  await close(world, first, 'command line');
  const again = await heard.launchFlow('chesham-park');
  const flow = await world.flows.flow(again.flow, again.version);
  const list = [
    ...people('Bury Youth Service', 900101, 900103),
    ...people('Bury Sixth Form', 900102),
  ];
  expect(await priceOfInvitations(world, flow, list)).toMatchObject({
    people: 2,
    leftOut: { 'same-words': 1 },
  });
  expect(await invite(world, again, list)).toMatchObject({ planned: 2, had: 1, leftOut: 0 });
  const phones = app('sms');
  await sendAll(heard, phones);
  expect(phones.sent.map(({ address }) => address).sort()).toEqual([
    '+447700900102',
    '+447700900103',
  ]);
});

test('another flow may ask whom it likes', async () => {
  await using heard = await openTestHeard(OFTEN);
  const { world } = heard.heard;
  const list = people('Bury Youth Service', 900101);
  await invite(world, await heard.launchFlow('chesham-park'), list);
  expect(await invite(world, await anotherFlow(heard, 'POOL'), list)).toMatchObject({ planned: 1 });
});

test('more than a week later it is not known who had it: the flow needs a new version', async () => {
  await using heard = await openTestHeard(OFTEN);
  const { world } = heard.heard;
  const park = await heard.launchFlow('chesham-park');
  const list = people('Bury Youth Service', 900101);
  await invite(world, park, list);
  await sendAll(heard, app('sms'));
  await close(world, park, 'command line');
  await world.pool.query('update delivery.outbox set ended_on = current_date - 8');
  await deleteEnded(world.pool);
  const flow = await world.flows.flow(park.flow, park.version);
  expect((await priceOfInvitations(world, flow, list)).again).toContain('new version number');
  const newer = { ...flow, version: 2 };
  expect((await priceOfInvitations(world, newer, list)).again).toBeUndefined();
});
