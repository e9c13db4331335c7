/**
 * The one way to log: one JSON object a line on stderr. A message is a fixed sentence of our own
 * (the types refuse one that was put together), and fields pass the allow-list of `log-fields.ts`.
 * A number, a name or an answer must never get into a log.
 */
import { type DestinationStream, destination, pino } from 'pino';
import { plainText } from './error-facts.ts';
import { type LogFields, safeFields } from './log-fields.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A sentence known when the program was written: not `string`, and no template with a hole. */
type Fixed<Message extends string> = object extends Record<Message, 1> ? never : Message;

type LogLine = <Message extends string>(message: Fixed<Message>, fields?: LogFields) => void;

export interface Log {
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
}

export interface LogOptions {
  readonly level?: LogLevel | 'silent';
  /** Where lines go: stderr unless a test says otherwise. */
  readonly destination?: DestinationStream;
}

export function createLog(options: LogOptions = {}): Log {
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    options.destination ?? destination({ dest: 2, sync: true }),
  );
  const line =
    (level: LogLevel): LogLine =>
    (message, fields = {}) =>
      logger[level](safeFields(fields), plainText(message) ?? 'message withheld');
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

/** Says nothing: for tests and for commands whose output is all there is. */
export const silentLog: Log = createLog({ level: 'silent' });
