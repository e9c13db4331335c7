/**
 * Shows the answer to an interaction that has been acknowledged, in the manner that was promised.
 * Says whether Discord has taken all of it. What may be repeated is, for a while; what could show
 * the same thing twice is not.
 */
import type { Acknowledged, Manner } from './acknowledge.ts';
import { type Rest, type RestCall, type RestResult, wentWell } from './discord-rest.ts';
import type { Interaction } from './interaction.ts';
import { pause } from './post.ts';
import { type DiscordMessage, payloadOf } from './render.ts';

export interface Answering {
  readonly acknowledged: Acknowledged;
  /** The answer itself. */
  readonly show: (messages: readonly DiscordMessage[]) => Promise<boolean>;
  /** To this person alone; a message that was pressed stays as it is. */
  readonly aside: (messages: readonly DiscordMessage[]) => Promise<boolean>;
  /** For everyone in the channel where it was done. */
  readonly inPublic: (messages: readonly DiscordMessage[]) => Promise<boolean>;
  /** There is nothing to say. */
  readonly nothing: () => Promise<void>;
}

export function createAnswering(
  rest: Rest,
  applicationId: string,
  { token, server }: Pick<Interaction, 'token' | 'server'>,
  manner: Manner,
  acknowledged: Acknowledged,
): Answering {
  const hook = `/webhooks/${applicationId}/${encodeURIComponent(token)}`;
  const isPrivate = { ephemeral: server !== undefined };

  async function replaceOriginal(body: object): Promise<boolean> {
    const path = `${hook}/messages/@original`;
    const call = { method: 'PATCH', path, asBot: false, repeatable: true, body } as const;
    return wentWell(await untilTaken(rest, call));
  }

  async function follow(
    messages: readonly DiscordMessage[],
    options: { readonly ephemeral: boolean },
  ): Promise<boolean> {
    for (const message of messages) {
      const body = payloadOf(message, options);
      if (!wentWell(await untilLeft(rest, { method: 'POST', path: hook, asBot: false, body })))
        return false;
    }
    return true;
  }

  async function inPlace([first, ...others]: readonly DiscordMessage[]): Promise<boolean> {
    if (first === undefined) return true;
    return (await replaceOriginal(payloadOf(first))) && follow(others, isPrivate);
  }

  async function below(messages: readonly DiscordMessage[]): Promise<boolean> {
    const shown = await follow(messages, isPrivate);
    if (shown) await replaceOriginal({ components: [] });
    return shown;
  }

  return {
    acknowledged,
    show: manner === 'below' ? below : inPlace,
    aside: (messages) => (manner === 'new' ? inPlace(messages) : follow(messages, isPrivate)),
    inPublic: (messages) => follow(messages, { ephemeral: false }),
    nothing: async () => {
      if (manner !== 'new' || acknowledged !== 'yes') return;
      await rest({ method: 'DELETE', path: `${hook}/messages/@original`, asBot: false });
    },
  };
}

const MOST_TRIES = 3;
const MOST_PATIENCE_MS = 10_000;

/** To write the same again changes nothing. */
async function untilTaken(rest: Rest, call: RestCall): Promise<RestResult> {
  return repeated(rest, call, (result) => result.kind === 'lost' || isBroken(result));
}

/** Only what certainly has not arrived goes again. */
async function untilLeft(rest: Rest, call: RestCall): Promise<RestResult> {
  return repeated(rest, call, () => false);
}

async function repeated(
  rest: Rest,
  call: RestCall,
  mayRepeat: (result: RestResult) => boolean,
): Promise<RestResult> {
  let result = await rest(call);
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    const wait = waitOf(result) ?? (mayRepeat(result) ? 200 * tries : undefined);
    if (wait === undefined || wait > MOST_PATIENCE_MS) return result;
    await pause(wait);
    result = await rest(call);
  }
  return result;
}

/** Undefined where the call may have arrived. */
function waitOf(result: RestResult): number | undefined {
  if (result.kind === 'not-reached') return 200;
  if (result.kind === 'held-back') return result.retryAfterMs;
  return result.kind === 'answer' && result.status === 429 ? result.retryAfterMs : undefined;
}

function isBroken(result: RestResult): boolean {
  return result.kind === 'answer' && result.status >= 500;
}
