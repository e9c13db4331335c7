/** What a mishap may lay its hands on. It says whether it really happened. */
import type { Pool } from 'pg';
import type { Chance } from '../chance.ts';
import type { Fleet } from '../fleet.ts';
import type { OwnPostgres } from '../own-postgres.ts';
import type { FaultyProvider } from '../provider/faulty-provider.ts';

export interface Scene {
  readonly fleet: Fleet;
  readonly postgres: OwnPostgres;
  readonly pool: Pool;
  readonly chance: Chance;
  readonly provider: FaultyProvider;
}

export type Mishap = (scene: Scene) => Promise<boolean>;
