/**
 * A golden conversation as its file tells it: what the person does, and what each channel then shows.
 * A file says what is texted; beside it stands only what a page or an app shows otherwise.
 */
import { parse } from 'yaml';
import { z } from 'zod';

export const CHANNELS = ['sms', 'web', 'discord', 'teams'] as const;
export type GoldenChannel = (typeof CHANNELS)[number];

const oneOrMore = z
  .union([z.enum(CHANNELS), z.array(z.enum(CHANNELS)).min(1)])
  .transform((only) => [only].flat());

const turnShape = z.strictObject({
  /** What is typed. `{code}` is the code that was shown last. */
  in: z.string(),
  /** Where there are buttons, the one that is pressed instead, or what is picked from a list. */
  tap: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  /** Done on another channel by the same person. */
  on: z.enum(CHANNELS).optional(),
  /** It makes sense on these alone. */
  only: oneOrMore.optional(),
  /** As text messages, each of them one. */
  out: z.array(z.string()).optional(),
  /** What an app shows, line by line: words, "- an option", "____" a field, "[a button]". */
  chat: z.string().optional(),
  /** Where one of the apps differs from the other. */
  discord: z.string().optional(),
  teams: z.string().optional(),
  /** Where the page differs from the apps. */
  web: z.string().optional(),
  clock: z.coerce.date().optional(),
  /** The officers close it before this turn. */
  close: z.literal(true).optional(),
});
export type Turn = z.infer<typeof turnShape>;

const goldenShape = z.strictObject({
  name: z.string(),
  flow: z.string(),
  clock: z.coerce.date(),
  only: oneOrMore.optional(),
  /** False: an installation without a safeguarding lead. */
  lead: z.literal(false).optional(),
  turns: z.array(turnShape).min(1),
  ends: z.strictObject({ participation: z.enum(['joined', 'done', 'none']) }),
});
export type Golden = z.infer<typeof goldenShape>;

export function readGolden(yaml: string): Golden {
  return goldenShape.parse(parse(yaml));
}

export function channelsOf({ only = [...CHANNELS] }: Golden): readonly GoldenChannel[] {
  return only;
}

/** The channel that a turn takes place on for somebody who is on `channel`; undefined where it does not. */
export function placeOf({ on, only }: Turn, channel: GoldenChannel): GoldenChannel | undefined {
  return only === undefined || only.includes(channel) ? (on ?? channel) : undefined;
}

/** Line by line; several text messages stand below each other with a line between them. */
export function expected(turn: Turn, channel: GoldenChannel): string {
  const { out, chat } = turn;
  const said = channel === 'sms' ? out?.join(BETWEEN_TEXTS) : (turn[channel] ?? chat);
  // Where nothing is texted nothing is shown either.
  const shown = said ?? (out?.length === 0 ? '' : undefined);
  if (shown === undefined) throw new Error(`"${turn.in}" does not say what ${channel} shows`);
  return shown.trimEnd();
}

export const BETWEEN_TEXTS = '\n--\n';
