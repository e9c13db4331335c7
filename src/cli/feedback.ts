/** `heard feedback ID --text-file F`: tells everyone who took part what happened. */
import { readFile } from 'node:fs/promises';
import { tellParticipants } from '../conversation/tell-participants.ts';
import { readFeedbackText } from './feedback-text.ts';
import { findConsultation, noConsultation } from './find-consultation.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function feedbackCommand(named: string, file: string): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    const consultation = await findConsultation(world.pool, named);
    if (!consultation) return noConsultation(named);
    let content: string;
    try {
      content = await readFile(file, 'utf8');
    } catch {
      return { kind: 'refused', reasons: [`There is no file "${file}" that can be read.`] };
    }
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    const { organisation } = world.installation;
    const text = readFeedbackText(file, content, flow.languages, organisation);
    if (text.kind === 'refused') return { kind: 'refused', reasons: [text.reason] };
    const told = await tellParticipants(world, consultation, text.texts, 'command line');
    if (told.kind === 'refused') return { kind: 'refused', reasons: [told.reason] };
    return {
      kind: 'done',
      json: { broadcast: told.broadcast, planned: told.planned },
      lines: [
        `Feedback is on its way to ${told.planned} people. "heard status" shows how it goes.`,
        ...text.missing.map(
          (code) => `There is no text in ${code}: those people get the first one.`,
        ),
      ],
    };
  });
}
