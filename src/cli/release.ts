/** `heard release`: runs the release now, and says why what is held is held. */
import { finalHeldBack, heldBackWords } from '../app/held-back.ts';
import { listConsultations } from '../consultation/consultations.ts';
import { release } from '../consultation/release.ts';
import { newFigures } from '../conversation/count.ts';
import type { CommandResult } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function releaseCommand(): Promise<CommandResult> {
  return runInHeard(async (heard) => {
    const { world, releaseDeps } = heard;
    const held = await finalHeldBack(heard);
    if (held !== undefined) return { kind: 'refused', reasons: [heldBackWords(held)] };
    const reports = await release(releaseDeps);
    const names = new Map(
      (await listConsultations(world.pool)).map((one) => [one.id, one.keyword.toUpperCase()]),
    );
    for (const { consultation } of reports) await newFigures(world, consultation);
    const sum = (of: 'released' | 'held'): number =>
      reports.reduce((total, report) => total + report[of], 0);
    return {
      kind: 'done',
      json: { released: sum('released'), held: sum('held'), consultations: reports },
      lines:
        reports.length === 0
          ? ['Nothing waits for release.']
          : reports.map(
              (one) => `${names.get(one.consultation) ?? one.consultation}: ${one.reason}`,
            ),
    };
  });
}
