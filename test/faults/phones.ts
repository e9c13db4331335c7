/**
 * The people of a run and their phones. Each text is brought under one message id until a machine
 * answers with success, as Twilio brings it, now and then in several copies; each phone remembers
 * what it got back on the webhook.
 */
import { randomBytes } from 'node:crypto';
import type { ProviderAccount } from '../../src/cli/demo/stand-in-provider.ts';
import type { Chance } from './chance.ts';
import type { Fleet } from './fleet.ts';

export interface Text {
  readonly from: string;
  readonly body: string;
  readonly sid: string;
  /** What came back, of all copies: a phone shows each of them. */
  readonly replies: readonly string[];
}

export interface Phones {
  /** Answered with 2xx, every one of them: in the order in which they were answered. */
  readonly texts: readonly Text[];
  readonly text: (from: string, body: string) => Promise<Text>;
}

export interface Person {
  readonly number: string;
  readonly choice: 'ramp' | 'lights' | 'goals';
  /** Nobody else's words. */
  readonly idea: string;
  /** Sends two texts in one second, or answers the last question again: what is kept may vary. */
  readonly isHasty: boolean;
}

const CHOICES = ['ramp', 'lights', 'goals'] as const;
const BIRDS = ['kestrel', 'avocet', 'dunnock', 'whimbrel', 'goldcrest', 'redstart', 'fieldfare'];
const PLACES = ['bandstand', 'boathouse', 'rockery', 'pergola', 'aviary', 'orangery', 'gazebo'];
const COPIES = 4;

export function peopleOf(chance: Chance, count: number, from: number): readonly Person[] {
  return Array.from({ length: count }, (_, at) => ({
    number: numberOf(from + at),
    choice: chance.pick(CHOICES),
    idea: `${chance.pick(BIRDS)} boxes by the ${chance.pick(PLACES)} ${words(from + at)}`,
    isHasty: chance.happens(0.15),
  }));
}

/** Ofcom's numbers for drama. */
export function numberOf(at: number): string {
  return `+447700900${String(at).padStart(3, '0')}`;
}

const COLOURS = ['crimson', 'turquoise', 'magenta', 'vermilion', 'chartreuse', 'ultramarine'];
const SHAPES = ['octagons', 'spirals', 'lozenges', 'crescents', 'pentagons', 'trapeziums'];
const STUFFS = ['larch', 'slate', 'copper', 'willow', 'marble', 'bamboo', 'granite', 'cork'];

/** Unique up to 288. */
function words(at: number): string {
  const colour = COLOURS[at % 6];
  const shape = SHAPES[Math.floor(at / 6) % 6];
  const stuff = STUFFS[Math.floor(at / 36) % 8];
  return `with ${colour} ${shape} of ${stuff}`;
}

export function phonesOn(fleet: Fleet, account: ProviderAccount, chance: Chance): Phones {
  const texts: Text[] = [];
  return {
    texts,
    text: async (from, body) => {
      const sid = `SM${randomBytes(16).toString('hex')}`;
      const fields = {
        AccountSid: account.sid,
        MessageSid: sid,
        From: from,
        To: account.number,
        Body: body,
        NumMedia: '0',
      };
      const path = '/channels/sms/inbound';
      const copies = chance.happens(0.15)
        ? Array.from({ length: COPIES }, () => fleet.bringOnce(path, fields))
        : [];
      const posted = await fleet.bring(path, fields);
      if (posted.status !== 200) throw new Error(`a text was answered with ${posted.status}`);
      const answers = [posted, ...(await Promise.all(copies))];
      const replies = answers.flatMap((one) => {
        const said = (one?.text ?? '').match(/<Message>[\s\S]*?<\/Message>/g) ?? [];
        return said.length > 0 ? [said.join('\n')] : [];
      });
      const text = { from, body, sid, replies };
      texts.push(text);
      return text;
    },
  };
}

/** Says everything that there is to say, from the keyword to the end. */
export async function takePart(phones: Phones, person: Person): Promise<void> {
  const { number, choice, idea, isHasty } = person;
  await phones.text(number, 'PARK');
  if (isHasty) {
    await Promise.all([phones.text(number, 'go'), phones.text(number, choice)]);
    await phones.text(number, 'go');
    await phones.text(number, choice);
    await phones.text(number, choice);
  } else {
    await phones.text(number, 'go');
    await phones.text(number, choice);
  }
  await phones.text(number, idea);
}
