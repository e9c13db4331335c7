/** `heard close ID`: no more answers. It releases nothing by itself. */
import { close } from '../conversation/close.ts';
import { findConsultation, noConsultation } from './find-consultation.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function closeCommand(named: string): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    const consultation = await findConsultation(heard.world.pool, named);
    if (!consultation) return noConsultation(named);
    const closed = await close(heard.world, consultation, 'command line');
    const json = { consultation: consultation.id, state: 'closed' };
    const line =
      closed.kind === 'closed'
        ? `Closed. Answers that wait are released once they may be: "heard release" says why it holds.`
        : 'It was closed before.';
    return { kind: 'done', json, lines: [line] };
  });
}
