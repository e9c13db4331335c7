/**
 * `heard demo`: everything at once on this machine, for someone who wants to see it: a consultation
 * that 120 simulated young people answer through the same signed webhook as real texts, the release,
 * the safe results, and a feedback broadcast under way to a stand-in provider.
 */
import { consultationByKeyword } from '../consultation/consultations.ts';
import { release } from '../consultation/release.ts';
import { newFigures } from '../conversation/count.ts';
import { tellParticipants } from '../conversation/tell-participants.ts';
import { OFFICER } from '../results/disclosure.ts';
import { resultsOf } from '../results/tables.ts';
import { FEEDBACK } from './demo/feedback.ts';
import { simulatedPeople } from './demo/simulated-people.ts';
import { type ProviderAccount, startStandInProvider } from './demo/stand-in-provider.ts';
import { textAll } from './demo/text-all.ts';
import { launchFile } from './launch.ts';
import { type CommandResult, report, terminal } from './output.ts';
import { linesOfResults } from './results.ts';
import { type Started, startServer } from './start.ts';

const FLOW = 'flows/chesham-park.flow.yaml';
const PEOPLE = 120;

export async function demoCommand(): Promise<CommandResult> {
  const account: ProviderAccount = {
    sid: `AC${'0'.repeat(31)}1`,
    token: 'the token of a stand-in',
    number: '+447700900999',
  };
  const provider = await startStandInProvider(account);
  const started = await startServer({
    HEARD_ORGANISATION: process.env.HEARD_ORGANISATION || 'Bury Council',
    HEARD_COOLING_OFF_HOURS: '0',
    HEARD_SEND_WINDOW: 'always',
    HEARD_MODE: 'trial',
    TWILIO_ACCOUNT_SID: account.sid,
    TWILIO_AUTH_TOKEN: account.token,
    TWILIO_FROM: account.number,
    TWILIO_API_URL: provider.url,
  });
  if (started.kind !== 'serving') {
    await provider.stop();
    return started;
  }
  const played = await play(started, account);
  if (played.kind !== 'done') report(played, false);
  for (const line of played.kind === 'done' ? played.lines : []) terminal.out(line);
  await started.stopped;
  await provider.stop();
  return { kind: 'done', json: { stopped: true }, lines: ['Stopped.'] };
}

async function play({ heard, serving }: Started, account: ProviderAccount): Promise<CommandResult> {
  const { world, config } = heard;
  if (await consultationByKeyword(world.pool, 'park')) {
    return {
      kind: 'done',
      json: {},
      lines: ['The demo has run here before.', ...whereToLook(config.publicUrl)],
    };
  }
  const launched = await launchFile(heard, FLOW, { goodRowsOnly: false });
  if (launched.kind !== 'done') return launched;
  const consultation = await consultationByKeyword(world.pool, 'park');
  if (!consultation) throw new Error('what was launched is not there');
  terminal.out(`${PEOPLE} simulated young people are texting PARK ...`);
  const people = simulatedPeople(PEOPLE, world.ambient.below);
  const texts = await textAll({
    account,
    port: serving.port,
    publicUrl: config.publicUrl,
    people,
  });
  terminal.out(`They sent ${texts.sent} texts and got ${texts.answered} answers.`);
  for (const line of texts.sample) terminal.out(line);
  const [released] = await release(heard.releaseDeps);
  await newFigures(world, consultation.id);
  const flow = await world.flows.flow(consultation.flow, consultation.version);
  const results = await resultsOf(world.pool, consultation.id, flow, OFFICER);
  const told = await tellParticipants(world, consultation, FEEDBACK, 'command line');
  return {
    kind: 'done',
    json: {},
    lines: [
      '',
      `Release: ${released?.reason ?? 'nothing waits.'}`,
      ...linesOfResults(results, config.releaseMin),
      '',
      told.kind === 'planned'
        ? `"Here's what happened" is on its way to ${told.planned} people.`
        : told.reason,
      ...whereToLook(config.publicUrl),
    ],
  };
}

function whereToLook(publicUrl: string): readonly string[] {
  return [
    '',
    'Where to look:',
    `  the chat            ${publicUrl}/chat/park`,
    `  its poster          ${publicUrl}/chat/park/poster`,
    `  said and done       ${publicUrl}/said-and-done`,
    '  the results         npm run heard -- results PARK',
    '  the broadcast       npm run heard -- status',
    '',
    'Ctrl-C stops everything. The folders data and keys hold it all: delete both to begin afresh.',
  ];
}
