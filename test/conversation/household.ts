/** One young person with a phone, Discord and Teams, and how they link them: on a fresh database. */
import { expect } from 'vitest';
import { openTestHeard, type Phone, type TestHeard } from '../support/open-test-heard.ts';
import { rowCount } from './row-count.ts';

export const NUMBER = '+447700900123';
export const DISCORD = '80351110224678912';
const TEAMS = '11111111-aaaa/22222222-bbbb';
const MINUTE = 60_000;

export interface Household extends TestHeard {
  readonly sms: Phone;
  readonly discord: Phone;
  readonly teams: Phone;
  /** How many are linked with anybody. */
  readonly links: () => Promise<number>;
  /** Of a table, or a table and its condition. */
  readonly countOf: (rows: string) => Promise<number>;
  readonly minutesLater: (minutes: number) => void;
}

export async function openHousehold(): Promise<Household> {
  const heard = await openTestHeard();
  const { clock, phone } = heard;
  const countOf = (from: string) => rowCount(heard, from);
  return {
    ...heard,
    sms: phone(NUMBER),
    discord: phone(DISCORD, 'discord'),
    teams: phone(TEAMS, 'teams'),
    countOf,
    links: () => countOf('conv.link'),
    minutesLater: (minutes) => {
      clock.now = new Date(clock.now.getTime() + minutes * MINUTE);
    },
  };
}

/** With a consultation to answer. */
export async function openHouseholdWithPark(): Promise<Household> {
  const heard = await openHousehold();
  await heard.launchFlow('chesham-park');
  return heard;
}

export async function codeOn(phone: Phone): Promise<string> {
  const [said = ''] = await phone.text('LINK');
  const code = /LINK (\w{4} \w{4})/.exec(said)?.[1];
  if (code === undefined) throw new Error(`No code in: ${said}`);
  return code;
}

export async function linkUp(known: Phone, newcomer: Phone): Promise<void> {
  await newcomer.text(`link ${await codeOn(known)}`);
  expect((await newcomer.text('yes'))[0]).toMatch(/^Linked, thanks/);
}

export async function answerThePark(phone: Phone): Promise<void> {
  for (const text of ['PARK', 'go', '1', 'skip']) await phone.text(text);
}
