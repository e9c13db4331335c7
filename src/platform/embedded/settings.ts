/**
 * What the embedded Postgres runs with. Logging must stay such that no statement, parameter or
 * detail (a unique violation's detail is the phone number) can reach the log; what we answered must
 * be on the disk.
 */
export const loggingSettings: Readonly<Record<string, string>> = {
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  // Starts, stops and fatal ends only: the text of an ordinary error can quote a value.
  log_min_messages: 'log',
  log_lock_waits: 'off',
  debug_print_parse: 'off',
  debug_print_rewritten: 'off',
  debug_print_plan: 'off',
};

export const embeddedSettings: Readonly<Record<string, string>> = {
  ...loggingSettings,
  log_checkpoints: 'off',
  // Commit times would say who finished when.
  track_commit_timestamp: 'off',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  max_connections: '100',
  shared_buffers: '256MB',
  // Short statements gain nothing from compiling or from parallel workers.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};
