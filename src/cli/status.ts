/**
 * `heard status`: how every consultation, every broadcast and the outbox stand. With `--watch` the
 * broadcasts are shown until nothing remains to be sent.
 */
import type { Heard } from '../app.ts';
import { listConsultations } from '../consultation/consultations.ts';
import { figures } from '../conversation/count.ts';
import { spending } from '../conversation/spending.ts';
import { broadcastFigures, standingOf } from '../delivery/broadcast-figures.ts';
import { recentBroadcasts } from '../delivery/broadcasts.ts';
import { outboxFigures } from '../delivery/figures.ts';
import { broadcastLines, type ShownBroadcast, sumsLine } from './broadcast-lines.ts';
import { type CommandResult, table } from './output.ts';
import { spendingJson, spendingLines } from './price-lines.ts';
import { runInHeard } from './run-in-heard.ts';
import { watch } from './status-watch.ts';

export function statusCommand(options: { readonly watch: boolean; readonly json: boolean }) {
  return runInHeard(async (heard): Promise<CommandResult> => {
    if (!options.watch) return statusOf(heard);
    const { timeZone } = heard.world.installation;
    const seen = await watch(() => shownBroadcasts(heard), timeZone, options.json);
    return seen === 'over' ? statusOf(heard) : NOT_WATCHED;
  });
}

/** Whoever presses Ctrl-C must not think that they have stopped the messages. */
const NOT_WATCHED: CommandResult = {
  kind: 'done',
  json: { ended: true },
  lines: ['You have stopped watching. The messages go on: "heard broadcast pause" stops those.'],
};

async function statusOf(heard: Heard): Promise<CommandResult> {
  const { world } = heard;
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
  const broadcasts = await shownBroadcasts(heard);
  const outbox = await outboxFigures(world.pool);
  const rows = consultations.map((one) => [
    one.keyword,
    one.state,
    `${one.started} started`,
    `${one.completed} completed`,
    `${one.released} released`,
    one.id,
  ]);
  const money = await moneyOf(heard);
  return {
    kind: 'done',
    json: { consultations, broadcasts: broadcasts.map(jsonOf), outbox, ...money.json },
    lines: [
      ...(rows.length === 0 ? ['No consultation has been launched.'] : table(rows)),
      '',
      ...broadcasts.flatMap((one) => broadcastLines(one, world.installation.timeZone)),
      ...(broadcasts.length === 0 ? [] : ['']),
      `Outbox: ${sumsLine(outbox)}`,
      `        ${outbox.delivered} of the accepted were delivered`,
      ...money.lines,
      'Started, completed and released are rounded to 5 and refreshed every hour.',
    ],
  };
}

async function moneyOf({ world }: Heard): Promise<{ json: object; lines: readonly string[] }> {
  const now = await spending(world);
  const { partPence } = world.sending;
  if (now === undefined || partPence === undefined) return { json: {}, lines: [] };
  return {
    json: { spending: spendingJson(now, partPence) },
    lines: spendingLines(now, partPence),
  };
}

/** Those that still have something to send, and those of the last month. */
async function shownBroadcasts({ world }: Heard): Promise<readonly ShownBroadcast[]> {
  const broadcasts = await recentBroadcasts(world.pool);
  const figuresOf = await broadcastFigures(
    world.pool,
    broadcasts.map((one) => one.id),
  );
  const consultations = await listConsultations(world.pool);
  return broadcasts.map((broadcast) => {
    const sums = figuresOf(broadcast.id);
    const keyword = consultations
      .find((one) => one.id === broadcast.consultationId)
      ?.keyword.toUpperCase();
    return {
      id: broadcast.id,
      class: broadcast.class,
      ...(keyword === undefined ? {} : { keyword }),
      standing: standingOf(broadcast, sums, world.ambient.now(), world.sending.hours),
      figures: sums,
    };
  });
}

function jsonOf({ id, class: kind, keyword, standing, figures: sums }: ShownBroadcast): object {
  return {
    id,
    class: kind,
    keyword: keyword ?? null,
    state: standing.kind,
    ...(standing.kind === 'waits' ? { until: standing.until.toISOString() } : {}),
    ...sums,
  };
}
