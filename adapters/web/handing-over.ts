/**
 * Tells the program what became of a reply: handed over when the whole response went to the
 * socket, not handed over when the person was gone before that. One of the two, once.
 */
import type { Receipt } from '../../src/channel.ts';

/** What of a response must be known for that. */
interface Leaving {
  readonly closed: boolean;
  readonly destroyed: boolean;
  readonly once: (event: 'finish' | 'close', listener: () => void) => unknown;
}

export function tellWhatBecameOf(response: Leaving, receipt: Receipt): void {
  if (receipt.kind !== 'reply') return;
  let told = false;
  const tell = (what: () => void) => {
    if (told) return;
    told = true;
    what();
  };
  response.once('finish', () => tell(receipt.handedOver));
  response.once('close', () => tell(receipt.notHandedOver));
  // The person may have gone while the program was thinking: then no event comes any more.
  if (response.closed || response.destroyed) tell(receipt.notHandedOver);
}
