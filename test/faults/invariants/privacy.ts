/** Nothing ties an answer to a person, and nothing readable lies where it must not. */
import { type Invariant, some } from './seen.ts';

export const nothingLinks: Invariant = ({ links, keysWithoutBatch }) => [
  ...links.map(({ of, rows }) => `${rows} rows of ${of} share a transaction with responses`),
  ...some(keysWithoutBatch.length, 'keys of released batches are still there'),
];

/** Before any release, after the first, and at the end. */
const SEARCHES = 3;

export const noCanary: Invariant = ({ searches }) => [
  ...(searches.length < SEARCHES ? [`only ${searches.length} searches were made`] : []),
  ...searches.flatMap(({ when, bytes, found }) => [
    ...(bytes > 0 ? [] : [`${when}: nothing was searched`]),
    ...found.map((one) => `${when}: ${one}`),
  ]),
];
