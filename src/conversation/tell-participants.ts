/**
 * Tells everyone who took part what happened: the same text for all in each language, then one
 * question back. The list is frozen when it is planned; people on the web read it on the page.
 */
import type { Consultation } from '../consultation/consultations.ts';
import { planBroadcast, saveContent } from '../delivery/plan.ts';
import { broadcastsOf, insertBroadcast, setPlanned, textIn } from '../feedback/broadcasts.ts';
import { expectRatings } from '../feedback/rating.ts';
import type { Localised } from '../flow/flow.ts';
import type { Prompt } from '../flow/prompt.ts';
import { type Actor, record } from '../platform/audit.ts';
import { isoDay } from '../platform/calendar.ts';
import { transaction } from '../platform/postgres.ts';
import { audiencePage } from './participations.ts';
import { statement } from './say.ts';
import type { World } from './world.ts';

const AT_ONCE = 10_000;

export type Told =
  | { readonly kind: 'planned'; readonly broadcast: string; readonly planned: number }
  | { readonly kind: 'refused'; readonly reason: string };

export async function tellParticipants(
  world: World,
  consultation: Consultation,
  texts: Localised,
  actor: Actor,
): Promise<Told> {
  if (await toldBefore(world, consultation, texts)) {
    return {
      kind: 'refused',
      reason: 'This text has been sent to these people before. Change it to send it again.',
    };
  }
  const broadcast = world.ambient.newId();
  const now = world.ambient.now();
  const contents = await saveTexts(world, texts);
  const planned = await transaction(world.pool, async (tx) => {
    await insertBroadcast(tx, {
      id: broadcast,
      consultationId: consultation.id,
      plannedOn: isoDay(now, world.installation.timeZone),
      texts,
      planned: 0,
    });
    let people = 0;
    let after: string | undefined;
    for (;;) {
      const page = await audiencePage(tx, consultation.id, after, AT_ONCE);
      const reachable = page.filter((one) => one.channel !== 'web' && !one.stopped);
      await planBroadcast(tx, {
        broadcastId: broadcast,
        class: 'feedback',
        recipients: reachable.map((one) => ({
          personId: one.personId,
          channel: one.channel,
          contentIds: contentsFor(contents, one.language),
        })),
      });
      const asked = page.map((one) => one.personId);
      await expectRatings(tx, broadcast, asked);
      people += reachable.length;
      after = page.at(-1)?.personId;
      if (page.length < AT_ONCE) break;
    }
    await setPlanned(tx, broadcast, people);
    await record(tx, { actor, action: 'told', object: 'broadcast', at: now });
    return people;
  });
  return { kind: 'planned', broadcast, planned };
}

/** The same words to the same people, again, is a slip: an impatient second press. */
async function toldBefore(world: World, { id }: Consultation, texts: Localised): Promise<boolean> {
  const before = await broadcastsOf(world.pool, [id]);
  return before.some((one) => sameTexts(one.texts, texts));
}

function sameTexts(one: Localised, other: Localised): boolean {
  const codes = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...codes].every((code) => one[code] === other[code]);
}

type Contents = ReadonlyMap<string, readonly string[]>;

/** The text and the question back, for every language that anybody may have chosen. */
async function saveTexts(world: World, texts: Localised): Promise<Contents> {
  const contents = new Map<string, readonly string[]>();
  for (const language of world.words.languages) {
    const told = await save(world, statement(textIn(texts, language), language));
    const question = world.words.say('rating_question', language);
    contents.set(language, [told, await save(world, statement(question, language))]);
  }
  return contents;
}

async function save(world: World, prompt: Prompt): Promise<string> {
  const id = world.ambient.newId();
  const prompts = [prompt];
  const parts = world.channels.get('sms')?.cost(prompts) ?? 1;
  await saveContent(world.pool, { id, prompts, parts });
  return id;
}

function contentsFor(contents: Contents, language: string | undefined): readonly string[] {
  return contents.get(language ?? 'en') ?? contents.get('en') ?? [];
}
