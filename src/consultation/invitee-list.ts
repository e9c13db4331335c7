/**
 * The people of an audience file in little room: a million of them take 20 MB. A number stands in it
 * once, however often the file names it.
 */

export interface Invitee {
  /** Canonical address. */
  readonly address: string;
  readonly source: string;
  readonly language?: string;
}

/** As much of an array as is needed to go through them by and by. */
export interface Invitees {
  readonly length: number;
  readonly slice: (from: number, to: number) => readonly Invitee[];
}

export interface InviteeList extends Invitees {
  /** False when the number is there already. */
  readonly add: (invitee: Invitee) => boolean;
}

const FIRST_ROOM = 1_024;

export function createInviteeList(): InviteeList {
  let numbers = new Float64Array(FIRST_ROOM);
  /** Which of the few pairs of source and language. */
  let kinds = new Uint32Array(FIRST_ROOM);
  /** Where a number stands, plus one; 0 is free. Twice as many places as numbers at least. */
  let places = new Int32Array(2 * FIRST_ROOM);
  let length = 0;
  const kindNumbers = new Map<string, number>();
  const kindList: Omit<Invitee, 'address'>[] = [];

  const placeOf = (number: number): number => {
    let place = scattered(number) & (places.length - 1);
    for (let at = places[place] ?? 0; at !== 0; at = places[place] ?? 0) {
      if (numbers[at - 1] === number) return place;
      place = (place + 1) & (places.length - 1);
    }
    return place;
  };

  const grow = (): void => {
    numbers = copied(new Float64Array(2 * length), numbers);
    kinds = copied(new Uint32Array(2 * length), kinds);
    places = new Int32Array(4 * length);
    for (let at = 0; at < length; at++) places[placeOf(numbers[at] ?? 0)] = at + 1;
  };

  const kindOf = ({ source, language }: Invitee): number => {
    const name = `${language ?? ''}\n${source}`;
    const known = kindNumbers.get(name);
    if (known !== undefined) return known;
    kindNumbers.set(name, kindList.length);
    return kindList.push(language === undefined ? { source } : { source, language }) - 1;
  };

  const inviteeAt = (at: number): Invitee => {
    const kind = kindList[kinds[at] ?? 0];
    if (!kind) throw new Error('an invitee without a source');
    return { address: `+${numbers[at]}`, ...kind };
  };

  return {
    get length() {
      return length;
    },
    add: (invitee) => {
      if (!/^\+[1-9]\d{6,14}$/.test(invitee.address)) throw new TypeError('not a number in full');
      const number = Number(invitee.address.slice(1));
      if (length === numbers.length) grow();
      const place = placeOf(number);
      if (places[place] !== 0) return false;
      numbers[length] = number;
      kinds[length] = kindOf(invitee);
      length += 1;
      places[place] = length;
      return true;
    },
    slice: (from, to) =>
      Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, at) =>
        inviteeAt(from + at),
      ),
  };
}

function copied<Numbers extends Float64Array | Uint32Array>(to: Numbers, from: Numbers): Numbers {
  to.set(from);
  return to;
}

/** Numbers that follow each other must not stand in a row. */
function scattered(number: number): number {
  const low = Math.imul((number % 0x1_0000_0000) | 0, 0x9e3779b1);
  return (low ^ (low >>> 15) ^ Math.trunc(number / 0x1_0000_0000)) >>> 0;
}
