/**
 * The golden conversations, replayed through the real way in: every turn is read from and written
 * to the database, so the state is sealed, stored and read back between any two of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { close } from '../src/conversation/close.ts';
import { keygen } from '../src/safeguarding/lead-key.ts';
import { openTestHeard } from './support/open-test-heard.ts';

interface Golden {
  readonly name: string;
  readonly flow: string;
  readonly channel?: 'sms' | 'web' | 'any';
  readonly clock?: string;
  readonly lead?: boolean;
  readonly turns: readonly {
    readonly in: string;
    /** Another channel of the same person. */
    readonly on?: 'sms' | 'discord' | 'teams';
    readonly out: readonly string[];
    readonly clock?: string;
    readonly close?: boolean;
  }[];
  readonly ends?: { readonly participation: 'joined' | 'done' | 'none' };
}

const folder = new URL('conversations/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

test.each(files)('%s', async (file) => {
  const golden: Golden = parse(readFileSync(new URL(file, folder), 'utf8'));
  const lead: Record<string, string> =
    golden.lead === false ? {} : { HEARD_SAFEGUARDING_KEY: keygen().publicKey };
  await using heard = await openTestHeard(lead, new Date(golden.clock ?? '2026-11-02T16:30:00Z'));
  const consultation = await heard.launchFlow(golden.flow);
  const phones = {
    sms: heard.phone('+447700900123'),
    discord: heard.phone('80351110224678912', 'discord'),
    teams: heard.phone('1111/2222', 'teams'),
  };
  let code = '';
  for (const turn of golden.turns) {
    if (turn.clock !== undefined) heard.clock.now = new Date(turn.clock);
    if (turn.close === true) await close(heard.heard.world, consultation, 'command line');
    const said = await phones[turn.on ?? 'sms'].text(turn.in.replace('{code}', code));
    // What differs each time is read off, to be typed in a later turn.
    code = /LINK (\w{4} \w{4})/.exec(said.join())?.[1] ?? code;
    const out = turn.out.map((text) => text.replace('{code}', code));
    expect(said, `after "${turn.in}"`).toEqual(out);
  }
  const { rows } = await heard.heard.world.pool.query<{ state: string }>(
    'select state from conv.participation where consultation_id = $1',
    [consultation.id],
  );
  if (golden.ends) expect(rows[0]?.state ?? 'none').toBe(golden.ends.participation);
});
