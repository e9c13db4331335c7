/**
 * The command line: every command is one file in src/cli, which says what it did as data. This file
 * only knows their names and words, and turns what they say into lines and an exit code.
 */
import { Command, CommanderError, Option } from 'commander';
import { broadcastCommand } from './cli/broadcast.ts';
import { closeCommand } from './cli/close.ts';
import { demoCommand } from './cli/demo.ts';
import { feedbackCommand } from './cli/feedback.ts';
import { flowCheckCommand } from './cli/flow-check.ts';
import { flowTryCommand } from './cli/flow-try.ts';
import { guestAddCommand, guestRemoveCommand } from './cli/guest.ts';
import { launchCommand } from './cli/launch.ts';
import { exportOptOutsCommand, replayOptOutsCommand } from './cli/opt-outs.ts';
import { type CommandResult, report } from './cli/output.ts';
import { raisedAnswerCommand } from './cli/raised-answer.ts';
import { raisedListCommand } from './cli/raised-list.ts';
import { releaseCommand } from './cli/release.ts';
import { resultsCommand } from './cli/results.ts';
import { retentionCommand } from './cli/retention.ts';
import { casesCommand, keygenCommand, reviewedCommand } from './cli/safeguarding.ts';
import { startCommand } from './cli/start.ts';
import { statusCommand } from './cli/status.ts';

const program = new Command('heard')
  .description('Ask young people what they think, and tell every one of them what happened.')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showHelpAfterError('(add --help to see how)');

/** Every command takes --json and reports one result. */
function command(
  parent: Command,
  usage: string,
  description: string,
): { readonly command: Command; readonly runs: (run: Run) => void } {
  const made = parent
    .command(usage)
    .description(description)
    .exitOverride()
    .addOption(new Option('--json', 'print one JSON object'));
  return {
    command: made,
    runs: (run) => {
      made.action(async (...given: unknown[]) => {
        const options = made.opts<Record<string, string | boolean | undefined>>();
        const words = given.slice(0, -2).flat().map(String);
        process.exitCode = report(await run(words, options), options.json === true);
      });
    },
  };
}

type Run = (
  words: readonly string[],
  options: Readonly<Record<string, string | boolean | undefined>>,
) => Promise<CommandResult>;

const start = command(program, 'start', 'serve everything on one port');
start.command.option('--only <role>', 'web: answer people; worker: send and sweep');
start.runs((_, { only }) => startCommand(typeof only === 'string' ? only : undefined));
command(
  program,
  'demo',
  'serve everything, with a consultation that 120 simulated people answer',
).runs(() => demoCommand());

const flow = program.command('flow').description('check and try flow documents').exitOverride();
const check = command(flow, 'check <files...>', 'print every problem as file:line:column message');
check.command.option('--parts', 'also print what each message costs by text');
check.runs((files, { parts }) => flowCheckCommand(files, { parts: parts === true }));
const attempt = command(flow, 'try <file>', 'play a flow in the terminal');
attempt.command.option('--language <code>', 'begin in this language');
attempt.runs(([file], { language }) =>
  flowTryCommand(String(file), typeof language === 'string' ? language : undefined),
);

const launch = command(program, 'launch <file>', 'open a flow for answers');
launch.command
  .option('--audience <file>', 'invite the numbers in a CSV file: number,source,language')
  .option('--good-rows-only', 'leave out the rows of the audience file that have problems')
  .option('--invite-at <time>', 'invite from this local time on: "2027-01-28 16:30"')
  .option('--dry-run', 'say what it would cost and whom it leaves out; write nothing');
launch.runs(([file], { audience, goodRowsOnly, inviteAt, dryRun }) =>
  launchCommand(String(file), {
    ...(typeof audience === 'string' ? { audience } : {}),
    goodRowsOnly: goodRowsOnly === true,
    dryRun: dryRun === true,
    ...(typeof inviteAt === 'string' ? { inviteAt } : {}),
  }),
);

const status = command(program, 'status', 'how every consultation and the outbox stand');
status.command.option('--watch', 'show how broadcasts go, until nothing remains');
status.runs((_, { watch, json }) => statusCommand({ watch: watch === true, json: json === true }));
const retention = command(
  program,
  'retention',
  'delete what has outlived its time, and show what is left',
);
retention.command.option('--trust-clock', 'the time is right, although the clock jumped');
retention.runs((_, { trustClock }) => retentionCommand(trustClock === true));
command(program, 'release', 'run the release now').runs(() => releaseCommand());
command(program, 'results <consultation>', 'the safe results of a consultation').runs(([id]) =>
  resultsCommand(String(id)),
);
const feedback = command(
  program,
  'feedback <consultation>',
  'tell everyone who took part what happened',
);
feedback.command
  .requiredOption('--text-file <file>', 'the text: plain, or YAML with a text for each language')
  .option('--at <time>', 'begin at this local time: "2027-01-28 16:30"')
  .option('--dry-run', 'say what it would cost and whom it leaves out; write nothing');
feedback.runs(([id], { textFile, at, dryRun }) =>
  feedbackCommand(String(id), {
    textFile: String(textFile),
    dryRun: dryRun === true,
    ...(typeof at === 'string' ? { at } : {}),
  }),
);

const broadcast = program
  .command('broadcast')
  .description('stop a broadcast in mid-send, and let it go on')
  .exitOverride();
command(broadcast, 'pause <id>', 'no more messages leave').runs(([id]) =>
  broadcastCommand('pause', String(id)),
);
command(broadcast, 'resume <id>', 'let it go on').runs(([id]) =>
  broadcastCommand('resume', String(id)),
);
command(broadcast, 'cancel <id>', 'what has not left counts as refused, for good').runs(([id]) =>
  broadcastCommand('cancel', String(id)),
);

const raised = program
  .command('raised')
  .description('what young people raise in their chats, and the answers to it')
  .exitOverride();
const raisedList = command(
  raised,
  'list',
  'what waits for an answer, what is due and what is late',
);
raisedList.command
  .option('--status <status>', 'only these')
  .option('--all', 'also what has had its last answer');
raisedList.runs((_, { status: only, all }) =>
  raisedListCommand({ all: all === true, ...(typeof only === 'string' ? { status: only } : {}) }),
);
const raisedAnswer = command(raised, 'answer <id>', 'answer in the chat that it came from');
raisedAnswer.command
  .requiredOption('--status <status>', 'heard, looking into it, yes, partly, no or done')
  .requiredOption('--text-file <file>', 'what you answer, in plain text; for a no: why')
  .option('--owner <team>', 'the team or the role that has it')
  .option('--by <day>', 'when they hear more: "2027-01-28"');
raisedAnswer.runs(([id], { status: to, textFile, owner, by }) =>
  raisedAnswerCommand(String(id), {
    status: String(to),
    textFile: String(textFile),
    ...(typeof owner === 'string' ? { owner } : {}),
    ...(typeof by === 'string' ? { by } : {}),
  }),
);

command(program, 'close <consultation>', 'take no more answers').runs(([id]) =>
  closeCommand(String(id)),
);

const optOuts = program
  .command('opt-outs')
  .description('a journal of who must not be written to, to replay after a restore')
  .exitOverride();
command(optOuts, 'export <file>', 'write every opt-out, as keyed hashes').runs(([file]) =>
  exportOptOutsCommand(String(file)),
);
const replay = command(optOuts, 'replay <file>', 'add what a restored database does not know');
replay.command.option('--accept-missing', 'although the newest opt-outs are not in this journal');
replay.runs(([file], { acceptMissing }) =>
  replayOptOutsCommand(String(file), acceptMissing === true),
);

const guest = program.command('guest').description('who trial mode may write to').exitOverride();
command(
  guest,
  'add <who...>',
  'let trial mode write to a number, to discord:ID or to teams:TENANT/PERSON',
).runs((words) => guestAddCommand(words.join(' ')));
command(guest, 'remove <who...>', 'take somebody off that list again').runs((words) =>
  guestRemoveCommand(words.join(' ')),
);

const safeguarding = program
  .command('safeguarding')
  .description('the keys and sealed cases of the safeguarding lead')
  .exitOverride();
const keygen = command(safeguarding, 'keygen', 'make the pair of keys of the safeguarding lead');
keygen.command.option('--out <file>', 'where to write the private key', 'safeguarding-lead.key');
keygen.runs((_, { out }) => keygenCommand(String(out)));
const cases = command(safeguarding, 'cases', 'open sealed cases with the private key');
cases.command
  .option('--key <file>', 'the private key file')
  .option('--from <file>', 'read sealed cases from an export instead of the database')
  .option('--export <file>', 'write the sealed cases to a file, to open away from the server');
cases.runs((_, { key, from, export: out }) =>
  casesCommand({
    ...(typeof key === 'string' ? { key } : {}),
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof out === 'string' ? { export: out } : {}),
  }),
);
const reviewed = command(
  safeguarding,
  'reviewed <case>',
  'say that somebody has looked after a case',
);
reviewed.runs(([id]) => reviewedCommand(String(id)));

// Whoever reads us may have read enough: `heard status | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else throw error;
}
