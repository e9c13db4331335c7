/** The exact figures behind a consultation's rounded ones: taken part, finished, released. */
import type { Figures } from '../consultation/figures.ts';
import { figuresOf, refreshFigures } from '../consultation/figures.ts';
import type { Queryable } from '../platform/postgres.ts';
import { countResponses } from '../results/count-responses.ts';
import { countParticipations } from './participations.ts';
import type { World } from './world.ts';

export function figures(world: World, consultationId: string): Promise<Figures> {
  return figuresOf(world.pool, consultationId, world.ambient.now(), () =>
    exact(world.pool, consultationId),
  );
}

/** After a release or a closing, when there is something new to see anyway. */
export function newFigures(world: World, consultationId: string): Promise<Figures> {
  return refreshFigures(world.pool, consultationId, world.ambient.now(), () =>
    exact(world.pool, consultationId),
  );
}

async function exact(tx: Queryable, consultationId: string): Promise<Figures> {
  const { started, completed } = await countParticipations(tx, consultationId);
  return { started, completed, released: await countResponses(tx, consultationId) };
}
