/**
 * One person at their Teams: types, presses what a card shows, and sees what came of it. In a chat of
 * several each person has a view of their own of every card, as Teams keeps it.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type CheckedCard, checkCard } from './card-rules.ts';
import { buttonsOf, flat, type Shown, showActivities, showCard, showText } from './card-view.ts';
import type { PostedActivity, SentActivity } from './connector.ts';
import { BOT, type Delivered, type StandInTeams, TENANT } from './stand-in.ts';

export interface TeamsPerson {
  readonly address: string;
  readonly userId: string;
  /** In the person's own chat with the bot. */
  readonly say: (text: string, options?: SayOptions) => Promise<Shown>;
  /** A button of the newest card, or an option of its list, by its label. */
  readonly press: (label: string, options?: PressOptions) => Promise<Shown>;
  readonly install: () => Promise<Shown>;
  readonly uninstall: () => Promise<Shown>;
  /** Everything that stands in the person's own chat. */
  readonly chat: () => Shown;
  readonly inChat: (chatId: string) => PersonInChat;
}

export interface PersonInChat {
  /** With the bot's name before it, unless told otherwise. */
  readonly say: (text: string, options?: SayOptions) => Promise<Shown>;
  /** The person has the chat open: Teams refreshes the newest card that asks for it. */
  readonly look: () => Promise<Shown>;
  readonly press: (label: string, options?: PressOptions) => Promise<Shown>;
  /** The newest card as this person sees it. */
  readonly card: () => Shown;
}

export interface SayOptions {
  readonly id?: string;
  readonly locale?: string;
  readonly unmentioned?: boolean;
}

export interface PressOptions {
  /** What is filled in before, by the id of the field. */
  readonly fields?: Readonly<Record<string, string | number>>;
  /** The card as it was then, instead of the newest. */
  readonly card?: CheckedCard;
  readonly id?: string;
}

export interface PersonOptions {
  /** Came to a meeting by its link: Teams knows nobody by that name. */
  readonly guest?: boolean;
  /** Has not added the app: there is no chat of their own with the bot. */
  readonly withoutApp?: boolean;
  readonly tenant?: string;
  readonly locale?: string;
}

interface Place {
  readonly id: string;
  readonly conversationType: 'personal' | 'groupChat' | 'channel';
}

export function teamsPerson(
  standIn: StandInTeams,
  name: string,
  options: PersonOptions = {},
): TeamsPerson {
  const userId = `29:1${name}`;
  const objectId = objectIdOf(name);
  const tenant = options.tenant ?? TENANT;
  const own: Place = { id: `a:own-chat-of-${name}`, conversationType: 'personal' };
  if (!options.withoutApp) standIn.connector.chat(own.id, { members: [userId], personal: userId });
  /** The cards that took the place of others, for this person alone. */
  const views = new Map<string, CheckedCard>();

  const base = (place: Place, type: string) => ({
    type,
    id: standIn.newId(),
    channelId: 'msteams',
    serviceUrl: standIn.serviceUrl,
    from: { id: userId, name, ...(options.guest ? {} : { aadObjectId: objectId }) },
    recipient: { id: BOT, name: 'Heard' },
    conversation: { ...place, tenantId: tenant, isGroup: place.conversationType !== 'personal' },
    channelData: { tenant: { id: tenant } },
    locale: options.locale ?? 'en-GB',
    timestamp: '2026-11-02T16:00:00.000Z',
  });

  const posted = (place: Place) => standIn.connector.posted(place.id);

  async function deliverMessage(place: Place, activity: object): Promise<Shown> {
    const before = posted(place).length;
    const { status } = await standIn.deliver(activity);
    return showActivities(
      status,
      posted(place)
        .slice(before)
        .map(({ activity: sent }) => sent),
    );
  }

  function say(place: Place, text: string, how: SayOptions = {}): Promise<Shown> {
    const mention = `<at>Heard</at>`;
    const mentions = place.conversationType !== 'personal' && !how.unmentioned;
    return deliverMessage(place, {
      ...base(place, 'message'),
      ...(how.id === undefined ? {} : { id: how.id }),
      ...(how.locale === undefined ? {} : { locale: how.locale }),
      text: mentions ? `${mention}&nbsp;${text}\n` : text,
      textFormat: 'plain',
      attachments: [{ contentType: 'text/html', content: `<p>${text}</p>` }],
      entities: mentions
        ? [{ type: 'mention', mentioned: { id: BOT, name: 'Heard' }, text: mention }]
        : [],
    });
  }

  /** As this person sees it: their own view where they have one since it was last changed. */
  function seen(place: Place): { readonly at: PostedActivity; readonly card: CheckedCard }[] {
    return posted(place).flatMap((at) => {
      const content = at.activity.attachments?.[0]?.content;
      if (content === undefined) return [];
      return [{ at, card: views.get(viewKey(at)) ?? checkCard(content) }];
    });
  }

  async function invoke(
    place: Place,
    at: PostedActivity,
    data: Readonly<Record<string, unknown>>,
    trigger: 'manual' | 'automatic',
    id?: string,
  ): Promise<Shown> {
    const delivered = await standIn.deliver({
      ...base(place, 'invoke'),
      ...(id === undefined ? {} : { id }),
      name: 'adaptiveCard/action',
      replyToId: at.id,
      value: { action: { type: 'Action.Execute', verb: 'heard', data }, trigger },
    });
    return answered(delivered, (card) => views.set(viewKey(at), card));
  }

  async function press(place: Place, label: string, how: PressOptions = {}): Promise<Shown> {
    const standing = seen(place).toReversed();
    for (const { at, card: newest } of standing) {
      const card = how.card ?? newest;
      const found = buttonFor(card, label);
      if (found === undefined) continue;
      const inputs = found.takesInputs
        ? { ...prefilled(card), ...found.fields, ...how.fields }
        : {};
      return invoke(place, at, { ...found.data, ...inputs }, 'manual', how.id);
    }
    throw new Error(`no card here shows ${label}`);
  }

  function inChat(chatId: string): PersonInChat {
    const place: Place = {
      id: chatId,
      conversationType: chatId.endsWith('tacv2') ? 'channel' : 'groupChat',
    };
    return {
      say: (text, how) => say(place, text, how),
      press: (label, how) => press(place, label, how),
      look: async () => {
        const refreshed = seen(place).findLast(
          ({ card }) => card.refresh?.userIds.includes(userId) === true,
        );
        if (refreshed?.card.refresh === undefined) return showText(200, '');
        return invoke(place, refreshed.at, refreshed.card.refresh.action.data, 'automatic');
      },
      card: () => {
        const newest = seen(place).at(-1);
        return newest === undefined ? showText(200, '') : showCard(200, newest.card);
      },
    };
  }

  return {
    address: options.guest ? userId : `${tenant}/${objectId}`,
    userId,
    say: (text, how) => say(own, text, how),
    press: (label, how) => press(own, label, how),
    install: () => deliverMessage(own, { ...base(own, 'installationUpdate'), action: 'add' }),
    uninstall: () => deliverMessage(own, { ...base(own, 'installationUpdate'), action: 'remove' }),
    chat: () =>
      showActivities(
        200,
        posted(own).map((at) => withView(at, views.get(viewKey(at)))),
      ),
    inChat,
  };
}

/** An update for everyone takes the place of every view. */
function viewKey({ id, updates }: PostedActivity): string {
  return `${id}/${updates}`;
}

function withView({ activity }: PostedActivity, view: CheckedCard | undefined): SentActivity {
  if (view === undefined) return activity;
  const content = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(view)));
  return {
    ...activity,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
  };
}

const invokeAnswer = z.object({ statusCode: z.number(), type: z.string(), value: z.unknown() });

function answered({ status, json }: Delivered, replace: (card: CheckedCard) => void): Shown {
  const read = invokeAnswer.safeParse(json);
  if (!read.success) return showText(status, '');
  const { statusCode, type, value } = read.data;
  if (type !== 'application/vnd.microsoft.card.adaptive')
    return showText(statusCode, JSON.stringify(value));
  const card = checkCard(value);
  replace(card);
  return showCard(status, card);
}

interface Found {
  readonly data: Readonly<Record<string, unknown>>;
  readonly takesInputs: boolean;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A label of a list picks there and sends the form. */
function buttonFor(card: CheckedCard, label: string): Found | undefined {
  const buttons = buttonsOf(card);
  const named = buttons.find((button) => button.label === label);
  if (named !== undefined) return named;
  for (const one of flat(card.body)) {
    if (one.type !== 'Input.ChoiceSet') continue;
    const choice = one.choices.find(({ title }) => title === label);
    const send = buttons.find(({ takesInputs }) => takesInputs);
    if (choice !== undefined && send !== undefined)
      return { ...send, fields: { [one.id]: choice.value } };
  }
  return undefined;
}

function prefilled(card: CheckedCard): Readonly<Record<string, string>> {
  return Object.fromEntries(
    flat(card.body).flatMap((one) =>
      one.type === 'Input.Text' && one.value !== undefined ? [[one.id, one.value]] : [],
    ),
  );
}

function objectIdOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
