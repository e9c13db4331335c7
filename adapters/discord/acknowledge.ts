/**
 * The first answer to an interaction, which Discord waits three seconds for. Nothing may come before
 * it: no database, no waiting.
 */
import type { BotParts } from './bot-parts.ts';
import type { RestResult } from './discord-rest.ts';
import type { Interaction } from './interaction.ts';

/** How the real answer will be shown once it is known. */
export type Manner =
  /** A message of its own: in a server only the person sees it. */
  | 'new'
  /** In the place of the person's own private message that was pressed. */
  | 'replace'
  /** Below the message that was pressed, which loses its buttons: in direct messages. */
  | 'below'
  /** A card that everyone sees, renewed in its place. */
  | 'card';

export type Acknowledged =
  | 'yes'
  /** Somebody has answered it before: the same event came twice. */
  | 'before'
  /** Too late, or Discord could not be reached. */
  | 'no';

const EPHEMERAL = 64;
const ALREADY_ACKNOWLEDGED = 40060;

export async function acknowledge(
  parts: Pick<BotParts, 'rest' | 'calm'>,
  { id, token, server }: Interaction,
  manner: Manner,
): Promise<Acknowledged> {
  const data = server === undefined ? {} : { data: { flags: EPHEMERAL } };
  const body = manner === 'new' ? { type: 5, ...data } : { type: 6 };
  return readAcknowledgement(await callBack(parts, { id, token }, body));
}

/** Any first answer: also a form, a list of suggestions, or a message that is known at once. */
export async function callBack(
  { rest, calm }: Pick<BotParts, 'rest' | 'calm'>,
  { id, token }: Pick<Interaction, 'id' | 'token'>,
  body: object,
): Promise<RestResult> {
  const call = {
    method: 'POST',
    path: `/interactions/${id}/${encodeURIComponent(token)}/callback`,
    asBot: false,
    repeatable: true,
    body,
  } as const;
  return calm.first(async () => {
    const result = await rest(call);
    // What has arrived once is refused the second time.
    const again = result.kind !== 'answer' || result.status >= 500;
    return again && result.kind !== 'held-back' ? rest(call) : result;
  });
}

function readAcknowledgement(result: RestResult): Acknowledged {
  if (result.kind !== 'answer') return 'no';
  if (result.status < 300) return 'yes';
  return result.code === ALREADY_ACKNOWLEDGED ? 'before' : 'no';
}
