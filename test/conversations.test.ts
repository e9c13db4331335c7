/**
 * The golden conversations, each on every channel: through the real ways in, so that every turn is
 * read from and written to the database, and what is compared is what a person is shown. Those of
 * one flow share a program, with new people in each; one in which something closes has its own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Consultation } from '../src/consultation/consultations.ts';
import { close } from '../src/conversation/close.ts';
import { keygen } from '../src/safeguarding/lead-key.ts';
import { startStandIn } from './support/discord/stand-in.ts';
import {
  CHANNELS,
  channelsOf,
  expected,
  type Golden,
  type GoldenChannel,
  placeOf,
  readGolden,
} from './support/golden/golden.ts';
import { onDiscord } from './support/golden/on-discord.ts';
import { onSms } from './support/golden/on-sms.ts';
import { onTeams } from './support/golden/on-teams.ts';
import { onWeb } from './support/golden/on-web.ts';
import { type Apps, type Program, startProgram } from './support/golden/program.ts';
import type { Talk } from './support/golden/talk.ts';
import { startTeamsStandIn } from './support/teams/stand-in.ts';

const PATIENCE = 120_000;
const folder = new URL('conversations/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const lead = keygen().publicKey;

interface Case {
  readonly file: string;
  readonly golden: Golden;
  readonly channel: GoldenChannel;
}

const cases = files.flatMap((file): readonly Case[] => {
  const golden = readGolden(readFileSync(new URL(file, folder), 'utf8'));
  return channelsOf(golden).map((channel) => ({ file, golden, channel }));
});
const programs = Map.groupBy(cases, ({ file, golden, channel }) => {
  if (golden.turns.some((turn) => turn.close)) return `${file} on ${channel}`;
  return golden.lead === false ? `${golden.flow} without a lead` : golden.flow;
});

let apps: Apps;

beforeAll(async () => {
  apps = { discord: await startStandIn(), teams: await startTeamsStandIn() };
});

afterAll(async () => {
  await apps?.discord.close();
  await apps?.teams.close();
});

describe.each([...programs])('%s', (_name, together) => {
  const [{ golden: first }] = together as [Case];
  let program: Program;
  let consultation: Consultation;

  beforeAll(async () => {
    const settings: Record<string, string> =
      first.lead === false ? {} : { HEARD_SAFEGUARDING_KEY: lead };
    program = await startProgram(apps, settings, first.clock);
    consultation = await program.heard.launchFlow(first.flow);
  }, PATIENCE);

  afterAll(() => program?.close(), PATIENCE);

  test.each(together)('$file on $channel', { timeout: PATIENCE }, async (one) => {
    await replay(program, consultation, one);
  });
});

async function replay(
  program: Program,
  consultation: Consultation,
  { file, golden, channel }: Case,
): Promise<void> {
  const { heard, clock } = program.heard;
  const talks = talksOf(program, consultation.keyword, files.indexOf(file), channel);
  clock.now = golden.clock;
  let code = '';
  for (const turn of golden.turns) {
    if (turn.clock !== undefined) clock.now = turn.clock;
    if (turn.close === true) await close(heard.world, consultation, 'command line');
    const place = placeOf(turn, channel);
    if (place === undefined) continue;
    const { tap } = turn;
    const shown = await (tap === undefined || place === 'sms'
      ? talks[place].say(turn.in.replace('{code}', code))
      : talks[place].tap([tap].flat()));
    // What differs each time is read off, to be typed in a later turn.
    code = /LINK (\w{4} \w{4})/.exec(shown)?.[1] ?? code;
    expect(shown, `after "${turn.in}"`).toBe(expected(turn, place).replace('{code}', code));
  }
  const address = talks[channel].address();
  expect(await participation(program, consultation, { channel, address })).toBe(
    golden.ends.participation,
  );
  expect(program.discord.problems).toEqual([]);
}

async function participation(
  { heard: { heard } }: Program,
  { id }: Consultation,
  who: { readonly channel: GoldenChannel; readonly address: string },
): Promise<string> {
  const { pool, contacts } = heard.world;
  const [known] = await contacts.lookUpMany(pool, [who]);
  const { rows } = await pool.query<{ state: string }>(
    'select state from conv.participation where consultation_id = $1 and person_id = $2',
    [id, known?.person ?? null],
  );
  return rows[0]?.state ?? 'none';
}

/** People whom nobody has met in another conversation. */
function talksOf(
  program: Program,
  keyword: string,
  at: number,
  channel: GoldenChannel,
): Readonly<Record<GoldenChannel, Talk>> {
  const person = 4 * at + CHANNELS.indexOf(channel);
  return {
    sms: onSms(program, `+447700900${String(100 + person).padStart(3, '0')}`),
    web: onWeb(program, keyword),
    discord: onDiscord(program, String(80351110224678912n + BigInt(person))),
    teams: onTeams(program, `somebody ${person}`),
  };
}
