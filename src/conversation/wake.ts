/**
 * Conversations that wake by themselves: one reminder to the silent, and the end after days without
 * a word. Sweeps find them by their coarse wake times; each is one turn of the engine under the same
 * revision check as a message, so a reply that comes at that moment wins or goes first, never both.
 */
import type { ChannelName } from '../channel.ts';
import { listConsultations } from '../consultation/consultations.ts';
import { hoursFor } from '../delivery/hours.ts';
import { keepHoursOfAdults } from '../delivery/plan.ts';
import { mayBeContacted } from '../flow/introduction.ts';
import type { TurnEvent } from '../flow/turn.ts';
import type { Queryable } from '../platform/postgres.ts';
import { commitTurn } from './commit-turn.ts';
import { decidedBy, step } from './engine-turn.ts';
import { endOf, placeLost } from './lost-place.ts';
import { openConversation } from './open-conversation.ts';
import type { ConversationRead } from './read-turn.ts';
import { remindingNow } from './when-to-remind.ts';
import type { World } from './world.ts';

/** So many at a time, so that a sweep never holds more than a page of people in memory. */
const PAGE = 200;

export interface Woken {
  readonly person: { readonly id: string; readonly stopped: boolean; readonly language?: string };
  readonly channel: ChannelName;
  readonly conversation: ConversationRead;
}

/** Only those that have time left: the reminder must not come together with the end. */
export async function remindDue(world: World): Promise<number> {
  const reminding = (await remindingNow(world)).map((one) => one.consultation.id);
  return sweep(
    world,
    'c.remind_at <= $1 and c.expire_at > $1 and c.consultation_id = any($2::uuid[])',
    [world.ambient.now(), reminding],
    (revision) => ({ kind: 'remind', revision }),
  );
}

export function expireDue(world: World): Promise<number> {
  return sweep(world, 'c.expire_at <= $1', [world.ambient.now()], (revision) => ({
    kind: 'expire',
    revision,
  }));
}

/** Ends every open conversation of a consultation that has been closed. */
export function endAll(world: World, consultationId: string): Promise<number> {
  return sweep(world, 'c.consultation_id = $1', [consultationId], () => ({ kind: 'closed' }));
}

/** Conversations that a closing missed, because somebody joined in that very moment. */
export async function endLeftOver(world: World): Promise<number> {
  const closed = (await listConsultations(world.pool)).filter((one) => one.state === 'closed');
  let ended = 0;
  for (const { id } of closed) ended += await endAll(world, id);
  return ended;
}

/**
 * Each conversation that was found is met once a sweep, whatever becomes of it: one that cannot be
 * opened keeps no other waiting, and is told of at the end.
 */
async function sweep(
  world: World,
  where: string,
  values: readonly unknown[],
  event: (revision: number) => TurnEvent,
): Promise<number> {
  let woken = 0;
  const errors: unknown[] = [];
  let after: string | undefined = '00000000-0000-0000-0000-000000000000';
  while (after !== undefined) {
    const page = await pageOf(world.pool, where, values, after);
    for (const one of page) {
      try {
        woken += (await wake(world, one, event)) ? 1 : 0;
      } catch (error) {
        errors.push(error);
      }
    }
    after = page.length < PAGE ? undefined : page.at(-1)?.conversation.id;
  }
  if (errors.length > 0) throw new AggregateError(errors, 'some conversations could not be woken');
  return woken;
}

async function wake(
  world: World,
  { person, channel, conversation: read }: Woken,
  event: (revision: number) => TurnEvent,
): Promise<boolean> {
  const conversation = await openConversation(world, read);
  if (!conversation) return endLost(world, { person, channel, conversation: read }, event);
  const inbound = {
    channel,
    address: '',
    messageId: '',
    event: { kind: 'text', text: '' },
  } as const;
  const turn = step(world, conversation, event(read.revision));
  // Half an answer may be kept now: what they have linked is looked at as in any other turn.
  const linked = { ...person, links: true };
  const decided = await decidedBy(world, { inbound, person: linked, conversation }, turn, {
    class: 'reminder',
    effects:
      hoursFor(conversation.flow.ages) === 'adults'
        ? [(tx) => keepHoursOfAdults(tx, person.id)]
        : [],
  });
  const say = mayBeContacted(channel) && !person.stopped ? decided.say : [];
  const committed = await commitTurn(world, { channel }, { ...decided, say });
  return committed.kind === 'committed';
}

/** Nobody can open it: the reminder says so, and every other sweep ends it without a word. */
async function endLost(
  world: World,
  { person, channel, conversation: lost }: Woken,
  event: (revision: number) => TurnEvent,
): Promise<boolean> {
  const isTold =
    event(lost.revision).kind === 'remind' && mayBeContacted(channel) && !person.stopped;
  const listener = { channel, language: person.language ?? 'en' };
  const committed = await commitTurn(
    world,
    { channel },
    {
      personId: person.id,
      change: endOf(lost),
      say: isTold ? await placeLost(world, listener, lost) : [],
      class: 'reminder',
      effects: [],
    },
  );
  return committed.kind === 'committed';
}

async function pageOf(
  tx: Queryable,
  where: string,
  values: readonly unknown[],
  after: string,
): Promise<readonly Woken[]> {
  const { rows } = await tx.query<{
    person_id: string;
    channel: ChannelName;
    stopped: boolean;
    language: string | null;
    id: string;
    consultation_id: string;
    flow: string;
    version: number;
    revision: number;
    state_ct: Buffer;
    key_day: string;
  }>(
    `select p.id as person_id, p.channel, p.stopped, p.language, c.id, c.consultation_id, c.flow,
            c.version, c.revision, c.state_ct, c.key_day::text as key_day
     from conv.conversation c join conv.person p on p.id = c.person_id
     where ${where} and c.id > $${values.length + 1} order by c.id limit ${PAGE}`,
    [...values, after],
  );
  return rows.map((row) => ({
    person: {
      id: row.person_id,
      stopped: row.stopped,
      ...(row.language === null ? {} : { language: row.language }),
    },
    channel: row.channel,
    conversation: {
      id: row.id,
      consultationId: row.consultation_id,
      flow: row.flow,
      version: row.version,
      revision: row.revision,
      sealedState: row.state_ct,
      keyDay: row.key_day,
    },
  }));
}
