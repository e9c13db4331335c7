/** `heard feedback ID --text-file F`: tells everyone who took part what happened. */
import { readFile } from 'node:fs/promises';
import { priceOfFeedback } from '../conversation/feedback-price.ts';
import type { Price } from '../conversation/price.ts';
import { tellParticipants } from '../conversation/tell-participants.ts';
import type { World } from '../conversation/world.ts';
import { hoursFor } from '../delivery/hours.ts';
import type { ChatToTell } from '../groups/tell-chats.ts';
import { readFeedbackText } from './feedback-text.ts';
import { findConsultation, noConsultation } from './find-consultation.ts';
import { beginsLines, scheduledAt } from './local-moment.ts';
import type { CommandResult } from './output.ts';
import { priceJson, priceLines } from './price-lines.ts';
import { runInHeard } from './run-in-heard.ts';

export interface FeedbackOptions {
  readonly textFile: string;
  /** Local time; as soon as may be without it. */
  readonly at?: string;
  /** Says what it would cost, and writes nothing. */
  readonly dryRun: boolean;
}

export function feedbackCommand(named: string, options: FeedbackOptions): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    const consultation = await findConsultation(world.pool, named);
    if (!consultation) return noConsultation(named);
    let content: string;
    try {
      content = await readFile(options.textFile, 'utf8');
    } catch {
      const reason = `There is no file "${options.textFile}" that can be read.`;
      return { kind: 'refused', reasons: [reason] };
    }
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    const { organisation, timeZone } = world.installation;
    const text = readFeedbackText(options.textFile, content, flow.languages, organisation);
    if (text.kind === 'refused') return { kind: 'refused', reasons: [text.reason] };
    const now = world.ambient.now();
    const scheduled = scheduledAt(options.at, '--at', timeZone, now);
    if (scheduled.kind === 'refused') return scheduled;
    const { notBefore } = scheduled;
    const price = await priceOfFeedback(world, consultation, text.texts);
    if (price.again !== undefined) return { kind: 'refused', reasons: [price.again] };
    const { chats } = price;
    const before = [
      ...(await priceLines(world, price, 'Feedback')),
      ...(await chatLines(world, chats)),
      ...text.missing.map((code) => `There is no text in ${code}: those people get the first one.`),
      ...beginsLines(notBefore, hoursFor(flow.ages), now, world.sending.hours),
    ];
    if (options.dryRun) return dry(world, price, chats.length, before);
    const told = await tellParticipants(
      world,
      consultation,
      text.texts,
      'command line',
      ...(notBefore ? [notBefore] : []),
    );
    if (told.kind === 'refused') return { kind: 'refused', reasons: [told.reason] };
    return {
      kind: 'done',
      json: {
        broadcast: told.broadcast,
        planned: told.planned,
        chats: told.chats,
        price: priceJson(price, world.sending.partPence),
        ...(notBefore ? { notBefore: notBefore.toISOString() } : {}),
      },
      lines: [
        ...before,
        `Feedback is on its way to ${told.planned} people${andChats(told.chats)}. "heard status --watch" shows how it goes, "heard broadcast pause ${told.broadcast}" stops it.`,
      ],
    };
  });
}

/** A chat gets one post that names nobody; in trial mode only where it is a guest. */
async function chatLines(world: World, chats: readonly ChatToTell[]): Promise<readonly string[]> {
  const { sending, contacts, pool } = world;
  const onlyGuests = chats.filter((chat) => sending.guestsOnly.has(chat.channel));
  const guests = await contacts.guestsAmong(
    pool,
    onlyGuests.map((chat) => chat.id),
  );
  const held = onlyGuests.filter((chat) => !guests.has(chat.id)).length;
  return [
    ...(chats.length === 0
      ? []
      : [`One post, without names, in ${counted(chats.length)} that took part.`]),
    ...(held === 0
      ? []
      : [
          `Trial mode: nothing is posted in ${counted(held)} not on the guest list ("heard guest add discord:chat:ID").`,
        ]),
  ];
}

function andChats(chats: number): string {
  return chats === 0 ? '' : ` and ${counted(chats)}`;
}

function counted(chats: number): string {
  return chats === 1 ? '1 chat' : `${chats} chats`;
}

function dry(world: World, price: Price, chats: number, lines: readonly string[]): CommandResult {
  return {
    kind: 'done',
    json: { dryRun: true, chats, price: priceJson(price, world.sending.partPence) },
    lines: [...lines, 'Nothing was sent or written: without --dry-run it goes.'],
  };
}
