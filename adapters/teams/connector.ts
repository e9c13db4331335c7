/**
 * Microsoft's connector, the way to write into a conversation of Teams. Our token goes only to an
 * address that is allowed, by calls that follow no redirect. It tries nothing twice that may have
 * been taken; what became of a call is told as a value.
 */
import { z } from 'zod';
import type { SendOutcome } from '../../src/channel.ts';
import { type HttpAnswer, httpCall } from '../../src/platform/http-call.ts';
import type { OutgoingActivity } from './card-json.ts';
import { chatId } from './identity.ts';
import { ourToken } from './our-token.ts';
import type { Opening, Reference } from './reference.ts';
import { openedId, outcomeOfAnswer, outcomeOfError, outcomeOfNotOpening } from './send-outcome.ts';
import { serviceUrls } from './service-urls.ts';
import type { TeamsSettings } from './teams-options.ts';

export interface Connector {
  /** Into the conversation; in a channel outside a thread it begins a new one. */
  readonly post: (place: Reference, activity: OutgoingActivity) => Promise<SendOutcome>;
  readonly update: (
    place: Reference,
    activityId: string,
    activity: OutgoingActivity,
  ) => Promise<SendOutcome>;
  /** The ids of a chat's members, or undefined where they are more than `most` or not to be had. */
  readonly members: (place: Reference, most: number) => Promise<readonly string[] | undefined>;
  /** The own chat of somebody met in another. Opening it says nothing to anybody yet. */
  readonly open: (opening: Opening) => Promise<Opened>;
  readonly isOnThisMachine: boolean;
}

export type Opened = { readonly kind: 'opened'; readonly place: Reference } | SendOutcome;

interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: unknown;
}

const LONGEST_ANSWER = 1024 * 1024;
const PAGE = 200;
/** Of a list that never ends. */
const MOST_PAGES = 10;
const memberPage = z.object({
  members: z.array(z.object({ id: z.string() })),
  continuationToken: z.string().nullish(),
});

export function createConnector(settings: TeamsSettings): Connector {
  const { timeoutMs, ambient } = settings;
  const allowed = serviceUrls(settings.serviceUrls);
  const token = ourToken(settings);

  async function once(serviceUrl: string, { method, path, body }: Call, bearer: string) {
    const json = body === undefined ? undefined : JSON.stringify(body);
    return httpCall({
      url: new URL(`${serviceUrl.replace(/\/+$/, '')}/v3/conversations${path}`),
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${bearer}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      },
      ...(json === undefined ? {} : { body: json }),
      timeoutMs,
      longest: LONGEST_ANSWER,
    });
  }

  /** A token that was taken back is exchanged, once: a 401 proves that nothing was done. */
  async function call(
    place: Pick<Reference, 'serviceUrl'>,
    what: Call,
  ): Promise<HttpAnswer | SendOutcome> {
    if (!allowed.allows(place.serviceUrl))
      return { kind: 'refused', reason: 'service-url', optedOut: false };
    try {
      for (let left = 1; ; left -= 1) {
        const bearer = await token.get();
        if (bearer === undefined) return { kind: 'not-sent', reason: 'no-token' };
        const answer = await once(place.serviceUrl, what, bearer);
        if (answer.status !== 401) return answer;
        token.drop(bearer);
        if (left === 0) return answer;
      }
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  async function send(place: Reference, what: Call): Promise<SendOutcome> {
    const called = await call(place, what);
    return 'kind' in called ? called : outcomeOfAnswer(called, ambient);
  }

  async function ask<Read>(
    shape: z.ZodType<Read>,
    place: Reference,
    what: Call,
  ): Promise<Read | undefined> {
    const called = await call(place, what);
    if ('kind' in called || called.status < 200 || called.status > 299) return undefined;
    try {
      return shape.safeParse(JSON.parse(called.text)).data;
    } catch {
      return undefined;
    }
  }

  return {
    isOnThisMachine: allowed.areLoopback,
    post: (place, activity) => {
      const { id, conversationType } = place.conversation;
      const addressed = { ...activity, from: place.bot };
      return conversationType === 'channel' && !id.includes(';messageid=')
        ? send(place, {
            method: 'POST',
            path: '',
            body: { isGroup: true, channelData: { channel: { id } }, activity: addressed },
          })
        : send(place, { method: 'POST', path: `${pathOf(place)}/activities`, body: addressed });
    },
    update: async (place, activityId, activity) => {
      const path = `${pathOf(place)}/activities/${encodeURIComponent(activityId)}`;
      const outcome = await send(place, { method: 'PUT', path, body: activity });
      // An update need not answer with an id: it has one already.
      return outcome.kind === 'unknown' && outcome.reason === 'unreadable-answer'
        ? { kind: 'accepted', providerId: activityId }
        : outcome;
    },
    members: async (place, most) => {
      const ids: string[] = [];
      let next: string | undefined;
      let pages = 0;
      do {
        pages += 1;
        const more: string =
          next === undefined ? '' : `&continuationToken=${encodeURIComponent(next)}`;
        const page = await ask(memberPage, place, {
          method: 'GET',
          path: `/${encodeURIComponent(chatId(place.conversation.id))}/pagedmembers?pageSize=${PAGE}${more}`,
        });
        if (page === undefined) return undefined;
        ids.push(...page.members.map(({ id }) => id).filter((id) => id !== place.bot.id));
        if (ids.length > most) return undefined;
        next = page.continuationToken ?? undefined;
      } while (next !== undefined && next !== '' && pages < MOST_PAGES);
      return ids;
    },
    open: async ({ user, ...place }) => {
      const { tenantId } = place.conversation;
      const called = await call(place, {
        method: 'POST',
        path: '',
        body: {
          bot: place.bot,
          members: [user],
          isGroup: false,
          tenantId,
          channelData: { tenant: { id: tenantId } },
        },
      });
      if ('kind' in called) return outcomeOfNotOpening(called);
      const id = openedId(called);
      return id === undefined
        ? outcomeOfNotOpening(outcomeOfAnswer(called, ambient))
        : { kind: 'opened', place: { ...place, conversation: { ...place.conversation, id } } };
    },
  };
}

function pathOf({ conversation }: Reference): string {
  return `/${encodeURIComponent(conversation.id)}`;
}
