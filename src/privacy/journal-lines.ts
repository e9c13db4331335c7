/**
 * The journal as lines of text: the first says whose it is and how far it reaches, the last that it
 * is whole. Anything that is not exactly as it was written is refused.
 */
import { createHash } from 'node:crypto';
import type { KeyHolder } from './keys.ts';

export interface Journal {
  /** The number of the newest entry that the journal may hold. */
  readonly upTo: number;
  readonly optOuts: readonly OptOut[];
  readonly erasures: readonly Erasure[];
}

export interface OptOut {
  readonly channel: string;
  readonly version: number;
  readonly hash: Buffer;
  readonly since: string;
  readonly source: string;
}

/** What somebody had deleted. */
export interface Erasure {
  readonly entry: number;
  readonly what: 'person' | 'answers' | 'conversation';
  /** Of a person. */
  readonly channel?: string;
  readonly version?: number;
  readonly hash: Buffer;
  readonly day: string;
}

export async function firstLine(keys: KeyHolder, upTo: number): Promise<string> {
  return `heard opt-outs 2 ${await ownerOf(keys)} ${upTo}`;
}

export function optOutLine({ channel, version, hash, since, source }: OptOut): string {
  return [channel, version, hash.toString('hex'), since, source].join(' ');
}

export function erasureLine({ entry, what, channel, version, hash, day }: Erasure): string {
  const whose = what === 'person' ? [channel, version] : [];
  return ['erased', entry, what, ...whose, hash.toString('hex'), day].join(' ');
}

export function lastLine(count: number): string {
  return `end ${count}`;
}

export type ReadJournal =
  | { readonly kind: 'journal'; readonly journal: Journal }
  | { readonly kind: 'refused'; readonly reason: string };

export async function readJournal(text: string, keys: KeyHolder): Promise<ReadJournal> {
  const lines = text.split('\n').filter((line) => line !== '');
  const [, owner, upTo] = FIRST.exec(lines[0] ?? '') ?? [];
  if (owner === undefined) return refused('This is no journal of opt-outs.');
  if (owner !== (await ownerOf(keys)))
    return refused('This journal belongs to another installation, or its keys are not these.');
  const body = lines.slice(1, -1);
  const optOuts = body.flatMap((line) => readOptOut(line) ?? []);
  const erasures = body.flatMap((line) => readErasure(line) ?? []);
  const read = optOuts.length + erasures.length;
  const whole = lines.length > 1 && lines.at(-1) === lastLine(read);
  if (!whole || read !== body.length)
    return refused('This journal is not whole: it was cut short or changed. Take another copy.');
  return { kind: 'journal', journal: { upTo: Number(upTo), optOuts, erasures } };
}

/** Journals of the first kind held opt-outs only. */
const FIRST = /^heard opt-outs [12] ([0-9a-f]{64}) (\d{1,15})$/;
const CHANNEL = '(sms|web|discord|teams)';
const HASH = '([0-9a-f]{64})';
const DAY = '(\\d{4}-\\d\\d-\\d\\d)';
const OPT_OUT = new RegExp(`^${CHANNEL} (\\d{1,4}) ${HASH} ${DAY} ([a-z][a-z -]{0,39})$`);
const PERSON = new RegExp(`^erased (\\d{1,15}) person ${CHANNEL} (\\d{1,4}) ${HASH} ${DAY}$`);
const THING = new RegExp(`^erased (\\d{1,15}) (answers|conversation) ${HASH} ${DAY}$`);

function readOptOut(line: string): OptOut | undefined {
  const [, channel, version, hash, since, source] = OPT_OUT.exec(line) ?? [];
  if (!channel || !version || !hash || !since || !source) return undefined;
  return { channel, version: Number(version), hash: Buffer.from(hash, 'hex'), since, source };
}

function readErasure(line: string): Erasure | undefined {
  return readErasedPerson(line) ?? readErasedThing(line);
}

function readErasedPerson(line: string): Erasure | undefined {
  const [, entry, channel, version, hash, day] = PERSON.exec(line) ?? [];
  if (!entry || !channel || !version || !hash || !day) return undefined;
  const whose = { what: 'person', channel, version: Number(version) } as const;
  return { ...whose, entry: Number(entry), hash: Buffer.from(hash, 'hex'), day };
}

function readErasedThing(line: string): Erasure | undefined {
  const [, entry, what, hash, day] = THING.exec(line) ?? [];
  if (!entry || !hash || !day) return undefined;
  return {
    entry: Number(entry),
    what: what === 'answers' ? 'answers' : 'conversation',
    hash: Buffer.from(hash, 'hex'),
    day,
  };
}

function refused(reason: string): ReadJournal {
  return { kind: 'refused', reason };
}

/** Names the installation without giving anything of its keys away. */
async function ownerOf(keys: KeyHolder): Promise<string> {
  return createHash('sha256')
    .update('opt-outs of ')
    .update(await keys.checkValue())
    .digest('hex');
}
