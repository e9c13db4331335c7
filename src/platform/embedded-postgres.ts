/**
 * The Postgres server that Heard brings along, in the data folder. Every process on that folder
 * shares one server: the first starts it, the last stops it. A second server (`heard start`) on the
 * same folder is told so, because two of them would answer the same people.
 */
import { clusterIn } from './embedded/cluster.ts';
import { embeddedSettings } from './embedded/settings.ts';
import { type Role, takeUse } from './embedded/use.ts';

export type Attached =
  | {
      readonly kind: 'attached';
      readonly url: string;
      /** Call at the end; the last process to detach stops the server. */
      readonly detach: () => Promise<void>;
    }
  | { readonly kind: 'already-served'; readonly reason: string };

export interface AttachOptions {
  readonly dataDir: string;
  readonly role: Role;
}

export async function attachEmbeddedPostgres(options: AttachOptions): Promise<Attached> {
  const cluster = clusterIn(options.dataDir, embeddedSettings);
  const taken = await takeUse(cluster, options.dataDir, options.role);
  if (taken.kind === 'already-served') {
    const who = taken.pid === undefined ? '' : ` (process ${taken.pid})`;
    return {
      kind: 'already-served',
      reason: `Heard is already running on ${options.dataDir}${who}. Stop it first, or set HEARD_DATA_DIR to another folder.`,
    };
  }
  return { kind: 'attached', url: taken.use.url, detach: taken.use.release };
}
