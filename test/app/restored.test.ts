import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sendWhileUpToDate } from '../../src/app/restored.ts';
import { startStandInProvider } from '../../src/cli/demo/stand-in-provider.ts';
import { release } from '../../src/consultation/release.ts';
import { plan, saveContent } from '../../src/delivery/plan.ts';
import { withdrawRestored } from '../../src/delivery/withdraw.ts';
import { readJournal } from '../../src/privacy/journal-lines.ts';
import { exportJournal, replayJournal } from '../../src/privacy/opt-out-journal.ts';
import { catchUp, isBehind, keepMark } from '../../src/privacy/restore-mark.ts';
import { backupOf, freshDatabase } from '../support/fresh-database.ts';
import { openTestHeard, type TestHeard } from '../support/open-test-heard.ts';
import { temporaryFolder } from '../support/processes.ts';

const account = {
  sid: `AC${'b'.repeat(32)}`,
  token: 'a token of this test',
  number: '+447700900999',
};

test('a restored database sends nothing until its opt-outs are replayed, and one that falls behind under a running node no more', async () => {
  const provider = await startStandInProvider(account);
  await using on = await openTestHeard({
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: provider.url,
    HEARD_SEND_WINDOW: 'always',
    HEARD_SMS_PARTS_PER_SECOND: '1000',
  });
  const { pool, keys } = on.heard.world;
  let looks = 0;
  const restoreMark = () => {
    looks += 1;
    return keys.restoreMark();
  };
  const world = { ...on.heard.world, keys: { ...keys, restoreMark } };
  const told: string[] = [];
  const log = { ...on.heard.log, error: (line: string) => void told.push(line) };
  await keepMark(pool, keys);
  await pool.query('update contact.journal set beat = 0');
  const both = async () => {
    await planOne(on, 'invitation');
    await planOne(on, 'feedback');
    expect(await states(on)).toEqual(['planned', 'planned']);
  };
  const replayed = async () => {
    expect(await withdrawRestored(pool)).toBe(1);
    await catchUp(pool, keys, 0);
    await expect.poll(() => states(on), { timeout: 20_000 }).toEqual(['refused', 'accepted']);
  };
  await both();
  const sending = await sendWhileUpToDate({ ...on.heard, log, world }, 20);
  expect(await isBehind(pool, keys)).toBe(true);
  expect(await states(on)).toEqual(['planned', 'planned']);
  await replayed();

  await pool.query('truncate delivery.outbox cascade');
  told.length = 0;
  await pool.query('update contact.journal set beat = 0');
  await expect.poll(() => told).toEqual([expect.stringMatching(/^nothing is sent/)]);
  await both();
  // Many times as long as a dispatcher takes to see what is planned.
  const until = looks + 100;
  await expect.poll(() => looks, { timeout: 20_000 }).toBeGreaterThan(until);
  expect(await states(on)).toEqual(['planned', 'planned']);
  await replayed();
  await sending.stop();
  await provider.stop();
});

test('who finishes after a restore, and before its replay, is heard', async () => {
  await using lost = await freshDatabase();
  using folder = temporaryFolder();
  const on = (url: string) =>
    openTestHeard({
      DATABASE_URL: url,
      HEARD_KEYS_DIR: join(folder.path, 'keys'),
      HEARD_COOLING_OFF_HOURS: '0',
    });
  {
    await using before = await on(lost.url);
    await before.launchFlow('chesham-park');
    await finishFrom(before, 0);
    await keepMark(before.heard.world.pool, before.heard.world.keys);
  }
  await using restored = await backupOf(lost);
  let journal = '';
  {
    await using meanwhile = await on(lost.url);
    expect(await release(meanwhile.heard.releaseDeps)).toMatchObject([{ released: 10, held: 10 }]);
    const { pool, keys } = meanwhile.heard.world;
    for await (const line of exportJournal(pool, keys)) journal += `${line}\n`;
    await keepMark(pool, keys);
  }
  await using after = await on(restored.url);
  const { pool, keys } = after.heard.world;
  expect(await isBehind(pool, keys)).toBe(true);
  await finishFrom(after, 20);
  const read = await readJournal(journal, keys);
  if (read.kind === 'refused') throw new Error(read.reason);
  const nothingMore = { deleteAgain: async () => undefined, andThen: async () => undefined };
  await replayJournal(pool, keys, read.journal, { acceptMissing: false, ...nothingMore });
  expect(await release(after.heard.releaseDeps)).toMatchObject([
    { released: 10, reason: expect.stringContaining('20 cannot be read any more') },
  ]);
});

/** Twenty, two at a time on two machines. */
async function finishFrom(on: TestHeard, first: number): Promise<void> {
  const other = on.anotherNode();
  for (let at = first; at < first + 20; at += 2) {
    await Promise.all(
      [on.receive, other].map(async (receive, one) => {
        for (const text of ['PARK', 'GO', '1', 'SKIP']) {
          const address = `+447700900${String(at + one).padStart(3, '0')}`;
          const messageId = `${address} ${text}`;
          await receive({ channel: 'sms', address, messageId, event: { kind: 'text', text } });
        }
      }),
    );
  }
}

test('a mark that cannot be read holds everything back, and says where it is', async () => {
  await using on = await openTestHeard();
  const { pool, keys } = on.heard.world;
  await keepMark(pool, keys);
  await writeFile(join(on.keysDir, 'database.mark'), 'nonsense');
  await expect(isBehind(pool, keys)).rejects.toThrow('database.mark');
});

async function planOne({ heard }: TestHeard, messageClass: 'invitation' | 'feedback') {
  const { pool, contacts } = heard.world;
  const address = { invitation: '+447700900001', feedback: '+447700900002' }[messageClass];
  const { id: personId } = await contacts.findOrCreatePerson(pool, { channel: 'sms', address });
  await contacts.rememberAddress(pool, { person: personId, channel: 'sms', address });
  const id = randomUUID();
  const prompts = [{ text: 'hello', input: { kind: 'none' }, keys: [], language: 'en' }] as const;
  await saveContent(pool, { id, prompts, parts: 1 });
  const body = { contentId: id };
  await plan(pool, [{ personId, channel: 'sms', class: messageClass, parts: 1, body }]);
}

async function states({ heard }: TestHeard): Promise<readonly string[]> {
  const { rows } = await heard.world.pool.query('select state from delivery.outbox order by id');
  return rows.map(({ state }) => (['delivered', 'sent'].includes(state) ? 'accepted' : state));
}
