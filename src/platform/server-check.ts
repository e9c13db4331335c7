/**
 * Looks at the settings of the Postgres server before anything is written to it. A server that
 * keeps commit times is refused: they would say who finished when. Logging that could print numbers
 * or answers, and a server that forgets in a power cut, are warned of with the line that puts it right,
 * as only the server's owner may change it.
 */
import { loggingSettings } from './embedded/settings.ts';
import type { Queryable } from './postgres.ts';

export type ServerCheck =
  | { readonly kind: 'usable'; readonly warnings: readonly string[] }
  | { readonly kind: 'unusable'; readonly problems: readonly string[] };

export async function checkServer(db: Queryable): Promise<ServerCheck> {
  const { rows } = await db.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where name = any($1)',
    [['track_commit_timestamp', 'server_version_num', ...DURABLE, ...Object.keys(mustBe)]],
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const problems = [
    ...(Number(settings.get('server_version_num')) < OLDEST_SERVER
      ? ['The database server is too old: Heard needs Postgres 15 or later.']
      : []),
    ...(settings.get('track_commit_timestamp') === 'on'
      ? [
          'The database server keeps the time of every commit, which would tell who answered when. Set track_commit_timestamp = off and restart it.',
        ]
      : []),
  ];
  if (problems.length > 0) return { kind: 'unusable', problems };
  return {
    kind: 'usable',
    warnings: [...loggingWarnings(settings), ...durabilityWarnings(settings)],
  };
}

const OLDEST_SERVER = 150_000;

/** The settings of ours by which a log could show a statement, a value or a detail. */
const mustBe: Readonly<Record<string, readonly string[]>> = {
  log_statement: ['none'],
  log_min_duration_statement: ['-1'],
  log_min_duration_sample: ['-1'],
  log_transaction_sample_rate: ['0'],
  log_parameter_max_length: ['0'],
  log_parameter_max_length_on_error: ['0'],
  log_error_verbosity: ['terse'],
  log_min_error_statement: ['fatal', 'panic'],
};

function loggingWarnings(settings: ReadonlyMap<string, string>): readonly string[] {
  return Object.entries(mustBe).flatMap(([name, allowed]) => {
    const setting = settings.get(name);
    if (setting === undefined || allowed.includes(setting)) return [];
    return [
      `The database server may write numbers or answers to its log: run ALTER SYSTEM SET ${name} = '${loggingSettings[name]}' and reload it (it is ${setting})`,
    ];
  });
}

const DURABLE = ['fsync', 'synchronous_commit'];

function durabilityWarnings(settings: ReadonlyMap<string, string>): readonly string[] {
  return DURABLE.filter((name) => settings.get(name) === 'off').map(
    (name) =>
      `The database server may lose in a power cut what people were told is kept: run ALTER SYSTEM SET ${name} = 'on' and reload it (it is off)`,
  );
}
