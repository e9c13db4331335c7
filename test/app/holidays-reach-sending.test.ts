/** What a council's holidays file says of today decides whether a node sends: a real node sends it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDispatching } from '../../src/app/dispatching.ts';
import { startStandInProvider } from '../../src/cli/demo/stand-in-provider.ts';
import { invite } from '../../src/conversation/invite.ts';
import { broadcastFigures, standingOf } from '../../src/delivery/broadcast-figures.ts';
import { broadcastById } from '../../src/delivery/broadcasts.ts';
import { isoDay } from '../../src/platform/calendar.ts';
import { openTestHeard } from '../support/open-test-heard.ts';

const ACCOUNT = {
  sid: `AC${'0'.repeat(31)}3`,
  token: 'the token of a stand-in',
  number: '+447700900999',
};
/** Where it is about noon: the young are written to on a day without school, and else from 16:00 on. */
const NOW = new Date();
const TIME_ZONE = zoneWithNoonAt(NOW);
const TODAY = isoDay(NOW, TIME_ZONE);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heard-holidays-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function nodeWith(holidays: string) {
  const file = join(folder, 'holidays.yaml');
  await writeFile(file, holidays);
  const taken: string[] = [];
  const provider = await startStandInProvider(ACCOUNT, (to) => taken.push(to));
  const heard = await openTestHeard(
    {
      HEARD_MODE: 'live',
      HEARD_HOLIDAYS_FILE: file,
      HEARD_TIME_ZONE: TIME_ZONE,
      TWILIO_ACCOUNT_SID: ACCOUNT.sid,
      TWILIO_AUTH_TOKEN: ACCOUNT.token,
      TWILIO_FROM: ACCOUNT.number,
      TWILIO_API_URL: provider.url,
    },
    NOW,
  );
  const park = await heard.launchFlow('chesham-park');
  const { world } = heard.heard;
  const invited = await invite(world, park, [
    { address: '+447700900101', source: 'Bury Youth Service' },
  ]);
  const id = invited.kind === 'invited' ? (invited.broadcast ?? '') : '';
  const dispatching = startDispatching(heard.heard);
  const standing = async () => {
    const broadcast = await broadcastById(world.pool, id);
    if (!broadcast) throw new Error('not planned');
    const figures = (await broadcastFigures(world.pool, [id]))(id);
    return standingOf(broadcast, figures, NOW, world.sending.hours);
  };
  return {
    taken,
    standing,
    [Symbol.asyncDispose]: async () => {
      await dispatching.stop();
      await heard[Symbol.asyncDispose]();
      await provider.stop();
    },
  };
}

test('a day of its school holidays is written to at noon', async () => {
  await using node = await nodeWith(`school_holidays:\n  - from: ${TODAY}\n    to: ${TODAY}\n`);
  await expect.poll(() => node.taken, { timeout: 25_000 }).toEqual(['+447700900101']);
});

test('a day that it calls a school day waits until school is over', async () => {
  await using node = await nodeWith(`school_days:\n  - ${TODAY}\n`);
  const standing = await node.standing();
  expect(standing.kind).toBe('waits');
  if (standing.kind !== 'waits') return;
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: TIME_ZONE, hour: '2-digit' });
  expect(hour.format(standing.until)).toBe('16');
  expect(node.taken).toEqual([]);
});

function zoneWithNoonAt(moment: Date): string {
  // In these names east is minus.
  const west = moment.getUTCHours() - 12;
  return `Etc/GMT${west < 0 ? west : `+${west}`}`;
}
