/**
 * The phones of a run. Each text is brought under one message id until a machine answers with
 * success, as Twilio brings it, now and then in many copies; each phone remembers what it got back
 * on the webhook.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';
import { inboundText } from '../support/inbound-text.ts';
import { type Chance, sidFrom } from './chance.ts';
import type { Fleet } from './fleet.ts';
import { inLanes } from './lanes.ts';
import type { Person } from './people.ts';
import type { Posted } from './signed-post.ts';
import type { Tally } from './tally.ts';

export interface Text {
  readonly from: string;
  readonly body: string;
  readonly sid: string;
  /** What came back, of all copies, one after the other: a phone shows each of them. */
  readonly replies: readonly Reply[];
  /** How many times it was brought and answered with success. */
  readonly answered: number;
}

export interface Reply {
  readonly said: string;
  /** In milliseconds, by this process's own steady clock. */
  readonly at: number;
}

export interface Phones {
  /** Answered with 2xx, every one of them: in the order in which they were answered. */
  readonly texts: readonly Text[];
  readonly text: (from: string, body: string, copies?: number) => Promise<Text>;
  /** Brought once, and the connection closed after so long; false when the answer came before. */
  readonly hangUp: (from: string, body: string, afterMs: number) => Promise<boolean>;
}

const PATH = '/channels/sms/inbound';
const COPIES_AT_ONCE = 50;
const COPIES_FOR_MS = 45_000;

export function phonesOn(fleet: Fleet, account: ProviderAccount, chance: Chance): Phones {
  const texts: Text[] = [];
  const textOf = (from: string, body: string) => {
    const itsOwn = chance.inTurn(from);
    return { itsOwn, fields: { ...inboundText(account, from, body), MessageSid: sidFrom(itsOwn) } };
  };
  return {
    texts,
    text: async (from, body, wanted) => {
      const { itsOwn, fields } = textOf(from, body);
      const copies = wanted ?? (itsOwn.happens(0.1) ? 4 : 0);
      const answers: Posted[] = [];
      const replies: Reply[] = [];
      const note = (posted: Posted): void => {
        answers.push(posted);
        const said = posted.text.match(/<Message>[\s\S]*?<\/Message>/g) ?? [];
        if (said.length > 0) replies.push({ said: said.join('\n'), at: performance.now() });
      };
      // Nobody insists on a copy: one that got no answer is lost, and as many more are brought.
      const until = performance.now() + COPIES_FOR_MS;
      const copying = inLanes(COPIES_AT_ONCE, copies, async () => {
        for (let isAnswered = false; !isAnswered && performance.now() < until; ) {
          const answer = await fleet.bringOnce(itsOwn, PATH, fields);
          isAnswered = answer?.status === 200;
          if (answer) note(answer);
          if (!isAnswered) await sleep(50);
        }
      });
      const posted = await fleet.bring(itsOwn, PATH, fields);
      if (posted.status !== 200) throw new Error(`a text was answered with ${posted.status}`);
      note(posted);
      await copying;
      const answered = answers.filter(({ status }) => status === 200).length;
      const text = { from, body, sid: fields.MessageSid, replies, answered };
      texts.push(text);
      return text;
    },
    hangUp: async (from, body, afterMs) => {
      const { itsOwn, fields } = textOf(from, body);
      return (await fleet.bringOnce(itsOwn, PATH, fields, afterMs)) === undefined;
    },
  };
}

/** Says everything that there is to say, from the keyword to the end. */
export async function takePart(
  phones: Phones,
  tally: Tally,
  person: Person,
  copies?: number,
): Promise<void> {
  const { number, choice, idea, isHasty } = person;
  await phones.text(number, 'PARK');
  if (isHasty) {
    await Promise.all([phones.text(number, 'go'), phones.text(number, choice)]);
    tally.note('two texts in one second');
    await phones.text(number, 'go');
    await phones.text(number, choice);
    await phones.text(number, choice);
    tally.note('a reply to the previous question');
  } else {
    await phones.text(number, 'go');
    await phones.text(number, choice);
  }
  const { answered } = await phones.text(number, idea, copies);
  if (copies === 50 && answered >= copies) tally.note('a text 50 times at once');
  if (copies === 1_000 && answered >= copies) tally.note('a text 1,000 times');
}

export async function goQuiet(phones: Phones, number: string): Promise<void> {
  await phones.text(number, 'PARK');
  await phones.text(number, 'go');
}
