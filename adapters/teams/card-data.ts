/**
 * What a tap on one of our cards says. It comes from outside, so it is read as strictly as anything
 * else: what is not exactly what our cards carry was not sent by one of them.
 */
import { z } from 'zod';
import type { InboundEvent } from '../../src/channel.ts';
import { COMMANDS } from '../../src/flow/prompt.ts';
import { cleanText } from '../../src/platform/clean-text.ts';

const id = z.string().regex(/^[\w.-]{1,100}$/);
const keyword = z.string().min(1).max(60);
const language = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i)
  .optional();
/** Longer than any question allows: what is too long for one is said in the reply, not cut here. */
const MOST_TEXT = 10_000;
const text = z.string().transform((value) => cleanText(value, MOST_TEXT));
const aim = {
  step: id.optional(),
  revision: z.number().int().nonnegative().max(1_000_000_000).optional(),
};

/** The shared card that the tap was made in, its language, and its figures as they were shown there. */
const place = { in: keyword.optional(), lang: language, shown: z.string().max(100).optional() };

const shape = z.discriminatedUnion('do', [
  z.object({ do: z.literal('choose'), ...place, ...aim, option: id }),
  z.looseObject({
    do: z.literal('fill'),
    ...place,
    ...aim,
    kind: z.enum(['picked', 'number', 'text']),
    answer: z.string().max(20_000).optional(),
    number: z.union([z.number(), z.string().max(100)]).optional(),
    text: text.optional(),
  }),
  z.object({ do: z.literal('say'), ...place, text }),
  z.object({ do: z.literal('command'), ...place, ...aim, command: z.enum(COMMANDS), language }),
  z.object({ do: z.literal('join'), ...place, keyword, language }),
  z.object({ do: z.literal('view'), ...place, keyword, language }),
  z.object({ do: z.literal('raise'), language, issue: text.optional() }),
  z.object({ do: z.literal('back'), issue: id, language }),
]);

export type CardData = z.infer<typeof shape>;

export function readCardData(value: unknown): CardData | undefined {
  const read = shape.safeParse(value);
  return read.success ? read.data : undefined;
}

const invoke = z.object({ action: z.object({ data: z.unknown() }) });

/** The data of the button that was tapped, from the value of an `adaptiveCard/action`. */
export function invokedData(value: unknown): CardData | undefined {
  const read = invoke.safeParse(value);
  return read.success ? readCardData(read.data.action.data) : undefined;
}

/** Undefined for what is no part of a conversation, or has lost what it was about. */
export function eventOf(data: CardData): InboundEvent | undefined {
  switch (data.do) {
    case 'choose': {
      const asked = aimOf(data);
      return asked && { kind: 'choice', ...asked, options: [data.option] };
    }
    case 'fill':
      return filled(data);
    case 'say':
      return { kind: 'text', text: data.text };
    case 'command': {
      const asked = aimOf(data);
      const target = asked === undefined ? {} : { target: asked };
      return { kind: 'command', command: data.command, ...spoken(data), ...target };
    }
    case 'join':
      return { kind: 'join', keyword: data.keyword, ...spoken(data) };
    case 'view':
    case 'raise':
    case 'back':
      return undefined;
  }
}

function filled(data: Extract<CardData, { readonly do: 'fill' }>): InboundEvent | undefined {
  const asked = aimOf(data);
  if (data.kind === 'picked') return asked && { kind: 'choice', ...asked, options: picked(data) };
  const said = data.kind === 'number' ? String(data.number ?? '').trim() : (data.text ?? '');
  const typed = cleanText(said, MOST_TEXT);
  return { kind: 'text', text: typed, ...(asked === undefined ? {} : { target: asked }) };
}

const MOST_PICKED = 200;

/** From a list: ids with commas between. From a ranking: one field for each place. */
function picked(data: { readonly answer?: string | undefined; readonly [name: string]: unknown }) {
  const ranked = Object.keys(data)
    .filter((name) => /^rank\d{1,3}$/.test(name))
    .toSorted((a, b) => Number(a.slice(4)) - Number(b.slice(4)))
    .map((name) => data[name]);
  const all = [...(data.answer?.split(',') ?? []), ...ranked].slice(0, MOST_PICKED);
  return [...new Set(all.filter((one) => id.safeParse(one).success).map(String))];
}

function aimOf({
  step,
  revision,
}: {
  readonly step?: string | undefined;
  readonly revision?: number | undefined;
}): { readonly step: string; readonly revision: number } | undefined {
  return step === undefined || revision === undefined ? undefined : { step, revision };
}

function spoken({ language: code }: { readonly language?: string | undefined }) {
  return code === undefined ? {} : { language: code };
}
