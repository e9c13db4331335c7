/**
 * The way to the database: the pool, transactions and the error codes worth naming. An error from
 * Postgres names values in its message and detail, so it must never reach a log as it is: the log
 * (`log.ts`) keeps its code only.
 */
import pg from 'pg';

export type { Pool } from 'pg';

/** A pool or one connection of it: what a query needs. */
export interface Queryable {
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

export interface PoolOptions {
  readonly max?: number;
  /** A statement that runs longer is ended; 0 for never. */
  readonly statementTimeoutMs?: number;
}

export function openPool(url: string, options: PoolOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 20,
    application_name: 'heard',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  });
  // A connection that breaks while idle leaves the pool by itself; the next query opens another.
  pool.on('error', () => {});
  // One that breaks while in use fails its query; unheard, the same error would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** One connection, for work that spans several transactions: temporary tables live with it. */
export interface Session extends Queryable {
  /** Commits what `work` did when it returns, undoes it when it throws. */
  readonly transaction: <Result>(work: (tx: Queryable) => Promise<Result>) => Promise<Result>;
}

export async function inSession<Result>(
  pool: pg.Pool,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  const session: Session = {
    query: (statement, values) => client.query(statement, values),
    transaction: async (inside) => {
      try {
        await client.query('begin');
        const result = await inside(client);
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback').catch(() => {
          broken = true;
        });
        throw error;
      }
    },
  };
  try {
    return await work(session);
  } finally {
    // A connection that cannot roll back must not go to the next caller.
    client.release(broken);
  }
}

/**
 * An array of uuids or whole numbers as Postgres reads one. node-postgres quotes and escapes every
 * element of a list; these need neither, and a broadcast has millions.
 */
export function plainArray(values: readonly string[]): string {
  return `{${values.join(',')}}`;
}

/** Commits what `work` did when it returns, undoes it when it throws. */
export function transaction<Result>(
  pool: pg.Pool,
  work: (tx: Queryable) => Promise<Result>,
): Promise<Result> {
  return inSession(pool, (session) => session.transaction(work));
}

/** For this transaction only: a million rows are sorted, and take longer than a request may. */
export async function plannedInSets(tx: Queryable): Promise<void> {
  await tx.query(`set local statement_timeout = '15min'; set local work_mem = '64MB'`);
}

export const CODES = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  undefinedTable: '42P01',
  duplicateTable: '42P07',
  duplicateDatabase: '42P04',
  invalidCatalogName: '3D000',
  insufficientPrivilege: '42501',
  adminShutdown: '57P01',
  cannotConnectNow: '57P03',
} as const;

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

/** What was to be written is at fault, and not the way there: tried again, it would be refused again. */
export function isAboutData(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]...$/.test(String(error.code));
}
