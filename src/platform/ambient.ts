/** The time, new ids and randomness as one value that is passed in, so that tests can hold it still. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';

export interface Ambient {
  readonly now: () => Date;
  /** A random UUID (version 4: it tells no time). */
  readonly newId: () => string;
  readonly bytes: (length: number) => Uint8Array;
  /** A whole number from 0 up to, not including, `below`. */
  readonly below: (below: number) => number;
}

export const systemAmbient: Ambient = {
  now: () => new Date(),
  newId: () => randomUUID(),
  bytes: (length) => randomBytes(length),
  below: (below) => randomInt(below),
};
