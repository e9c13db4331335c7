/** `heard status`: how every consultation and the outbox stand. */
import { listConsultations } from '../consultation/consultations.ts';
import { figures } from '../conversation/count.ts';
import { outboxFigures } from '../delivery/figures.ts';
import { type CommandResult, table } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function statusCommand(): Promise<CommandResult> {
  return runInHeard(async ({ world }) => {
    const all = await listConsultations(world.pool);
    const consultations = await Promise.all(
      all.map(async ({ id, flow, keyword, state }) => ({
        id,
        flow,
        keyword: keyword.toUpperCase(),
        state,
        ...(await figures(world, id)),
      })),
    );
    const outbox = await outboxFigures(world.pool);
    const rows = consultations.map((one) => [
      one.keyword,
      one.state,
      `${one.started} started`,
      `${one.completed} completed`,
      `${one.released} released`,
      one.id,
    ]);
    const { planned, accepted, delivered, refused, failed, unknown, remaining } = outbox;
    return {
      kind: 'done',
      json: { consultations, outbox },
      lines: [
        ...(rows.length === 0 ? ['No consultation has been launched.'] : table(rows)),
        '',
        `Outbox: ${planned} planned = ${accepted} accepted + ${refused} refused + ${failed} failed + ${unknown} unknown + ${remaining} remaining`,
        `        ${delivered} of the accepted were delivered`,
        'Started, completed and released are rounded to 5 and refreshed every hour.',
      ],
    };
  });
}
