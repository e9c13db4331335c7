/**
 * The database that this process works on: the one of DATABASE_URL, or the embedded one in the data
 * folder, started here or found running. It is brought up to this release's tables before use; one
 * that nodes may be at work on by a node alone, for a command may come from a release they do not run yet.
 */
import type { Pool } from 'pg';
import type { Config } from '../platform/config.ts';
import { attachEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { lookAtSchema, migrate, migrationProblem } from '../platform/migrate.ts';
import { openPool } from '../platform/postgres.ts';
import { checkServer } from '../platform/server-check.ts';

export type Role = 'server' | 'command';

export type OpenedDatabase =
  | {
      readonly kind: 'open';
      readonly pool: Pool;
      readonly url: string;
      readonly warnings: readonly string[];
      readonly close: () => Promise<void>;
    }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export async function openDatabase(config: Config, role: Role): Promise<OpenedDatabase> {
  const attached = await attach(config, role);
  if (attached.kind === 'refused') return attached;
  const pool = openPool(attached.url, { max: role === 'server' ? 20 : 4 });
  const close = async (): Promise<void> => {
    await pool.end();
    await attached.detach();
  };
  const refuse = async (reasons: readonly string[]): Promise<OpenedDatabase> => {
    await close();
    return { kind: 'refused', reasons };
  };
  const server = await checkServer(pool);
  if (server.kind === 'unusable') return refuse(server.problems);
  const isShared = role === 'command' && config.databaseUrl !== undefined;
  const seen = isShared ? await lookAtSchema(pool) : undefined;
  const problem = migrationProblem(seen && seen.kind !== 'empty' ? seen : await migrate(pool));
  if (problem !== undefined) return refuse([problem]);
  return { kind: 'open', pool, url: attached.url, warnings: server.warnings, close };
}

type Attached =
  | { readonly kind: 'attached'; readonly url: string; readonly detach: () => Promise<void> }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

async function attach(config: Config, role: Role): Promise<Attached> {
  if (config.databaseUrl !== undefined) {
    return { kind: 'attached', url: config.databaseUrl, detach: async () => undefined };
  }
  const embedded = await attachEmbeddedPostgres({ dataDir: config.dataDir, role });
  if (embedded.kind === 'attached') return embedded;
  return {
    kind: 'refused',
    reasons: [embedded.reason],
  };
}
