/**
 * The one way in, for every channel: is this message new, who is it from, does it tell of harm,
 * what does the conversation say to it, one write, and the reply. What was answered with success
 * is never lost and never applied twice; what could not be written throws, so that the provider
 * brings it again.
 */
import type { Inbound, Receipt, Receive } from '../channel.ts';
import { isoDay } from '../platform/calendar.ts';
import { type Answered, commitTurn } from './commit-turn.ts';
import { decideClosed, decideTurn } from './decide-turn.ts';
import { createInOrder } from './in-order.ts';
import { createQuietenMachines, type QuietenMachines } from './machines.ts';
import type { PersonRead, TurnKey } from './read-turn.ts';
import { createKeepReference, type KeepReference } from './references.ts';
import { repeatReply } from './repeat-reply.ts';
import type { World } from './world.ts';

/** Far more than two nodes can lose in a row to one person's typing. */
const MOST_TRIES = 60;

export function createReceive(world: World): Receive {
  const inOrder = createInOrder();
  const memory = {
    quieten: createQuietenMachines(world),
    keepReference: createKeepReference(world),
  };
  return (inbound) =>
    inOrder(`${inbound.channel} ${inbound.address}`, () => receiveOne(world, memory, inbound));
}

/** What a node remembers between messages, of nobody's answers. */
interface Memory {
  readonly quieten: QuietenMachines;
  readonly keepReference: KeepReference;
}

async function receiveOne(
  world: World,
  { quieten, keepReference }: Memory,
  inbound: Inbound,
): Promise<Receipt> {
  const key = await turnKey(world, inbound);
  let closed = false;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const read = await world.turns.read(key);
    if (read.seen) return repeatReply(world, read.person?.id, key.messageHash);
    const person = read.person ?? (await meet(world, inbound));
    await keepReference(inbound, person.id);
    const met = { ...read, person };
    const decide = closed ? decideClosed : decideTurn;
    const turn = quieten(inbound, await decide(world, inbound, met));
    const outcome = await commitTurn(world, answeredBy(world, inbound, key), turn);
    if (outcome.kind === 'committed') return outcome.receipt;
    closed ||= outcome.kind === 'closed';
  }
  throw new Error('a message lost its race every time');
}

async function turnKey(world: World, { channel, address, messageId }: Inbound): Promise<TurnKey> {
  const blind = await world.contacts.blindIndex(channel, address);
  return {
    channel,
    blindIndex: blind.bidx,
    blindIndexVersion: blind.version,
    messageHash: await world.contacts.hashMessageId(channel, messageId),
  };
}

/** A first contact: an opaque id and the keyed hash of the address, not the address itself. */
async function meet(world: World, { channel, address }: Inbound): Promise<PersonRead> {
  return world.contacts.findOrCreatePerson(world.pool, { channel, address });
}

function answeredBy(world: World, { channel }: Inbound, key: TurnKey): Answered {
  return { channel, message: { hash: key.messageHash, day: isoDay(world.ambient.now()) } };
}
