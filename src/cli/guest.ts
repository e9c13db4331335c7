/** `heard guest add WHO` and `guest remove WHO`: in trial mode Heard writes by itself only to guests. */
import { SNOWFLAKE } from '../../adapters/discord/discord-options.ts';
import { phoneNumber } from '../../adapters/sms/phone-number.ts';
import type { ChannelName } from '../channel.ts';
import type { World } from '../conversation/world.ts';
import { record } from '../platform/audit.ts';
import { type Queryable, transaction } from '../platform/postgres.ts';
import { SHARED_CHAT } from '../shared-chat.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function guestAddCommand(typed: string): Promise<CommandResult> {
  return changeGuestList(typed, async (tx, { ambient, contacts }, { channel, address }) => {
    await contacts.addGuest(tx, channel, address);
    await record(tx, { ...BY_COMMAND, action: 'guest added', at: ambient.now() });
    return { kind: 'done', json: { added: true }, lines: ['Added to the guest list.'] };
  });
}

/** What waits for them already is refused when its turn comes. */
export function guestRemoveCommand(typed: string): Promise<CommandResult> {
  return changeGuestList(typed, async (tx, { ambient, contacts }, { channel, address }) => {
    const removed = await contacts.removeGuest(tx, channel, address);
    if (removed) await record(tx, { ...BY_COMMAND, action: 'guest removed', at: ambient.now() });
    const line = removed ? 'Taken off the guest list.' : 'They were not on the guest list.';
    return { kind: 'done', json: { removed }, lines: [line] };
  });
}

const BY_COMMAND = { actor: 'command line', object: 'guest list' } as const;

function changeGuestList(
  typed: string,
  change: (tx: Queryable, world: World, guest: Guest) => Promise<CommandResult>,
): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    const read = readGuest(typed.trim());
    if (read.kind === 'refused') return { kind: 'refused', reasons: [read.reason] };
    return transaction(world.pool, (tx) => change(tx, world, read));
  });
}

interface Guest {
  readonly channel: ChannelName;
  readonly address: string;
}

type Read =
  | ({ readonly kind: 'guest' } & Guest)
  | { readonly kind: 'refused'; readonly reason: string };

/** A UK mobile number; discord:ID or teams:TENANT/PERSON; with chat: before the id, a shared chat. */
export function readGuest(typed: string): Read {
  const [, app, id = ''] = /^(discord|teams):(.+)$/i.exec(typed) ?? [];
  if (app === undefined) return aNumber(typed);
  return app.toLowerCase() === 'discord' ? onDiscord(id) : inTeams(id);
}

function aNumber(typed: string): Read {
  const number = phoneNumber(typed);
  if (number.kind === 'mobile') return { kind: 'guest', channel: 'sms', address: number.e164 };
  return {
    kind: 'refused',
    reason: `That is not a UK mobile number that Heard can text (${number.reason}). In an app a guest is discord:ID or teams:TENANT/PERSON.`,
  };
}

function onDiscord(id: string): Read {
  const [prefix, bare] = withoutPrefix(id);
  if (SNOWFLAKE.test(bare)) return { kind: 'guest', channel: 'discord', address: prefix + bare };
  return {
    kind: 'refused',
    reason:
      'On Discord a guest is discord: and the id of a person, or discord:chat: and the id of a server. An id has digits only: turn on the developer mode, then "Copy ID".',
  };
}

const GUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const TEAMS_PERSON = new RegExp(`^${GUID}/${GUID}$`);

function inTeams(id: string): Read {
  const [prefix, bare] = withoutPrefix(id);
  if (prefix !== '') return { kind: 'guest', channel: 'teams', address: prefix + bare };
  const address = bare.toLowerCase();
  if (TEAMS_PERSON.test(address)) return { kind: 'guest', channel: 'teams', address };
  return {
    kind: 'refused',
    reason:
      'In Teams a guest is teams:TENANT/PERSON, both as ids of the directory, or teams:chat: and the id of a conversation.',
  };
}

function withoutPrefix(id: string): readonly [string, string] {
  return id.startsWith(SHARED_CHAT) ? [SHARED_CHAT, id.slice(SHARED_CHAT.length)] : ['', id];
}
