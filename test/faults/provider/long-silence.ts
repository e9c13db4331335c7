/**
 * The provider took a message and says nothing for 35 seconds. The machine must give up by itself,
 * as soon as the program does in use; meanwhile nothing else may befall it.
 */
import type { ServerResponse } from 'node:http';
import type { Harm } from './calls.ts';

const SILENCE_MS = 35_000;
const NO_ANSWER_FOR_MS = 9_000;

export function keepSilent(
  harm: Pick<Harm, 'spare'>,
  machine: number,
  response: ServerResponse,
  onGivenUp: () => void,
): Promise<void> {
  harm.spare(machine, true);
  const since = performance.now();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      response.off('close', closed);
      harm.spare(machine, false);
      response.destroy();
      resolve();
    };
    const closed = (): void => {
      if (performance.now() - since > NO_ANSWER_FOR_MS) onGivenUp();
      end();
    };
    const timer = setTimeout(end, SILENCE_MS);
    response.once('close', closed);
  });
}
