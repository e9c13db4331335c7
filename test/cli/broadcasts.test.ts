/** Price, schedule, pause and progress of broadcasts, as an operator uses them: real processes. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, describe, expect, test } from 'vitest';
import { broadcastFigures } from '../../src/delivery/broadcast-figures.ts';
import { audience, commandStageOfThisFile, PARK } from './command-stage.ts';

const on = commandStageOfThisFile();
const { heard, file, rowsOf } = on;

describe('before anything is sent', () => {
  test('a dry run tells people, parts, pounds and what makes it dearer, and writes nothing', async () => {
    const csv = await file('few.csv', `${audience(3)}07700 900900,Bury Youth Service,pl\n`);
    const ran = await heard(['launch', PARK, '--audience', csv, '--dry-run', '--json']);
    expect(ran.err).toBe('');
    const { price, ...said } = JSON.parse(ran.out);
    expect(said).toMatchObject({ dryRun: true, flow: 'chesham-park', keyword: 'PARK' });
    expect(price.people).toBe(4);
    expect(price.pounds).toBe(Math.round(price.parts * 2.4) / 100);
    expect(price.languages).toMatchObject([
      { language: 'en', people: 3, total: 3, pounds: 0.07, dear: [] },
      { language: 'pl', people: 1 },
    ]);
    expect(price.languages[1].dear.length).toBeGreaterThan(0);
    expect(price.languages[1].parts).toBeGreaterThan(price.languages[0].parts);
    for (const table of [
      'conv.person',
      'contact.address',
      'consultation.consultation',
      'delivery.outbox',
      'delivery.content',
      'delivery.broadcast',
      'audit.event',
    ])
      expect(await rowsOf(table), table).toBe(0);
    const plain = await heard(['launch', PARK, '--audience', csv, '--dry-run']);
    expect(plain.out).toMatch(
      /Invitations: 4 people, \d+ parts of text messages, £\d\.\d\d at 2.4p/,
    );
    expect(plain.out).toMatch(
      /pl: 1 person, 2 parts each at the longest, £0\.05 in all; made dearer by /,
    );
    expect(plain.out).toMatch(/en: 3 people, 1 part each at the longest, £0\.07 in all\n/);
    const free = await heard(['launch', PARK, '--audience', csv, '--dry-run'], {
      HEARD_SMS_PART_PENCE: '',
    });
    expect(free.out).toContain('set HEARD_SMS_PART_PENCE');
  });

  test('trial mode says who is left out, and how many more go today', async () => {
    const csv = await file('trial.csv', audience(2));
    const ran = await heard(['launch', PARK, '--audience', csv, '--dry-run'], {
      HEARD_MODE: 'trial',
      TWILIO_API_URL: 'https://twilio.example',
    });
    expect(ran.out).toContain('2 left out because they are not on the guest list');
    expect(ran.out).toContain('50 more messages go today');
  });

  test('under a ceiling that is too low nothing is launched', async () => {
    const csv = await file('dear.csv', audience(100));
    const ran = await heard(['launch', PARK, '--audience', csv], {
      HEARD_SPEND_CEILING_POUNDS: '5',
    });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('there is room for £5.00');
    expect(await rowsOf('consultation.consultation')).toBe(0);
  });

  test('a time that has passed, or that the clocks leave out, is refused', async () => {
    const past = await heard(['launch', PARK, '--invite-at', '2020-01-01 10:00']);
    expect([past.code, past.err]).toEqual([1, '--invite-at: That time has passed.\n']);
    const gone = await heard(['launch', PARK, '--invite-at', '2099-03-29 01:30']);
    expect(gone.err).toContain('there is no 01:30');
  });
});

describe('a broadcast', () => {
  let server: ChildProcess | undefined;
  let id: string;

  async function startServer(partsPerSecond: string): Promise<void> {
    server = on.begin(['start'], { HEARD_SMS_PARTS_PER_SECOND: partsPerSecond });
    server.stderr?.resume();
    await once(server.stdout ?? server, 'data');
  }

  async function stopServer(): Promise<void> {
    if (server?.exitCode !== null) return;
    server.kill('SIGTERM');
    await once(server, 'exit');
  }

  async function figures() {
    return (await broadcastFigures(on.pool, [id]))(id);
  }

  /** As the command tells it. */
  async function sums() {
    const { outbox, broadcasts } = JSON.parse((await heard(['status', '--json'])).out);
    for (const one of [outbox, ...broadcasts])
      expect(one.accepted + one.refused + one.failed + one.unknown + one.remaining).toBe(
        one.planned,
      );
    return broadcasts.find((one: { id: string }) => one.id === id);
  }

  test('waits for the time that it was given', async () => {
    const csv = await file('many.csv', audience(200));
    const ran = await heard([
      'launch',
      PARK,
      '--audience',
      csv,
      '--invite-at',
      '2099-01-28 16:30',
      '--json',
    ]);
    const launched = JSON.parse(ran.out);
    expect(launched).toMatchObject({ invited: 200, notBefore: '2099-01-28T16:30:00.000Z' });
    id = launched.broadcast;
    expect(await sums()).toMatchObject({
      state: 'waits',
      until: '2099-01-28T16:30:00.000Z',
      class: 'invitation',
      keyword: 'PARK',
      planned: 200,
      remaining: 200,
    });
    expect((await heard(['status'])).out).toContain('waits until Wednesday 28 January 2099');
  });

  test('is paused before it begins, goes on, and is cancelled in mid-send', async () => {
    expect((await heard(['broadcast', 'pause', id])).out).toContain('no more messages leave');
    await on.pool.query(`update delivery.broadcast set not_before = '-infinity'`);
    await startServer('4');
    expect(await sums()).toMatchObject({ state: 'paused', remaining: 200 });
    expect((await heard(['broadcast', 'resume', id])).code).toBe(0);
    await expect
      .poll(async () => (await figures()).accepted, { timeout: 60_000 })
      .toBeGreaterThan(0);
    const cancelled = JSON.parse((await heard(['broadcast', 'cancel', id, '--json'])).out);
    expect(cancelled).toMatchObject({ state: 'cancelled', planned: 200 });
    await expect.poll(async () => (await figures()).remaining, { timeout: 60_000 }).toBe(0);
    const over = await sums();
    expect(over.accepted).toBeGreaterThan(0);
    expect(over.refusedFor).toEqual({ cancelled: 200 - over.accepted });
    expect((await heard(['broadcast', 'resume', id])).err).toContain('It was cancelled');
  });

  test('is watched until nothing remains', async () => {
    await stopServer();
    const text = await file('happened.txt', 'Most picked the ramp. Cllr Green said yes.');
    await on.pool.query(
      `insert into conv.participation (person_id, consultation_id, state, joined_on)
       select p.id, c.id, 'done', current_date
       from (select id from conv.person order by id limit 20) p, consultation.consultation c`,
    );
    const dry = await heard(['feedback', 'PARK', '--text-file', text, '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({
      dryRun: true,
      price: { people: 20, parts: 40, pounds: 0.96, languages: [{ language: 'en', parts: 2 }] },
    });
    expect(await rowsOf('feedback.broadcast')).toBe(0);
    const told = JSON.parse((await heard(['feedback', 'PARK', '--text-file', text, '--json'])).out);
    expect(told).toMatchObject({ planned: 20 });
    id = told.broadcast;
    const watching = on.begin(['status', '--watch']);
    let seen = '';
    watching.stdout?.setEncoding('utf8').on('data', (more: string) => {
      seen += more;
    });
    await once(watching.stdout ?? watching, 'data');
    expect(seen).toMatch(/^Feedback of PARK: sending\n {2}\[\.{30}\] {3}0% {2}40 of 40 to go\n/);
    await startServer('50');
    await once(watching, 'close');
    expect(seen).toMatch(/^Feedback of PARK: finished\n {2}\[#{30}\] 100% {2}nothing to go$/m);
    expect(seen).toContain(
      '40 planned = 40 accepted + 0 refused + 0 failed + 0 unknown + 0 remaining',
    );
    expect(seen).not.toContain('\u001b');
    expect(watching.exitCode).toBe(0);
    expect(await sums()).toMatchObject({ state: 'finished', accepted: 40 });
    const again = await heard(['feedback', 'PARK', '--text-file', text, '--dry-run']);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('has had this text')]);
  });

  test('nobody is invited more often than the cap lets', async () => {
    await heard(['close', 'PARK']);
    const csv = await file('again.csv', audience(200));
    const capped = JSON.parse(
      (await heard(['launch', PARK, '--audience', csv, '--json'], { HEARD_CONTACT_CAP: '1' })).out,
    );
    expect(capped.price.leftOut['contact-cap']).toBeGreaterThan(0);
    expect(capped.invited).toBe(200 - capped.price.leftOut['contact-cap']);
  });

  afterAll(stopServer);
});

test('status shows the money where a ceiling is set', async () => {
  const ran = await heard(['status', '--json'], { HEARD_SPEND_CEILING_POUNDS: '1000' });
  const { spending } = JSON.parse(ran.out);
  expect(spending.ceiling).toBe(1000);
  expect(spending.spent).toBeGreaterThan(0);
  expect(spending.reserved).toBeGreaterThan(0);
});

test('a holidays file with a mistake stops everything, with its line', async () => {
  const holidays = await file('holidays.yaml', 'bank_holidays:\n  - 2026-13-01\n');
  const ran = await heard(['status'], { HEARD_HOLIDAYS_FILE: holidays });
  expect(ran.code).not.toBe(0);
  expect(ran.err).toContain('holidays.yaml:2:5 ');
});
