/** `heard flow try FILE`: plays a flow in the terminal as a phone would show it. Nothing is kept. */
import { createInterface } from 'node:readline/promises';
import { readSystemWords } from '../app/system-words-file.ts';
import type { Flow } from '../flow/flow.ts';
import { beginPlay, type Played, playLine } from '../flow/play.ts';
import { formatProblem } from '../flow/problem.ts';
import { anyInstallation } from './flow-check.ts';
import { readFlowFile } from './flow-file.ts';
import { type CommandResult, type Terminal, terminal } from './output.ts';

export async function flowTryCommand(
  file: string,
  language?: string,
  to: Terminal = terminal,
): Promise<CommandResult> {
  const context = { words: await readSystemWords(), installation: anyInstallation() };
  const checked = await readFlowFile(file, context);
  if (checked.kind === 'unsound') {
    const errors = checked.problems.filter((problem) => problem.severity === 'error');
    return { kind: 'refused', reasons: errors.map(formatProblem) };
  }
  const { flow } = checked;
  if (language !== undefined && !flow.languages.includes(language)) {
    return { kind: 'wrong-usage', reasons: [`The flow speaks ${flow.languages.join(', ')}.`] };
  }
  const answers = await play(flow, language ?? flow.languages[0] ?? 'en', to);
  return {
    kind: 'done',
    json: { flow: flow.id, answers },
    lines: ['', `The conversation has ended. What would be kept: ${JSON.stringify(answers)}`],
  };
}

async function play(flow: Flow, language: string, to: Terminal): Promise<object> {
  const lines = createInterface({ input: process.stdin });
  const context = { now: new Date() };
  let played = beginPlay(flow, { channel: 'sms', language }, context);
  let kept: object = keptBy(played) ?? {};
  show(played, to);
  for await (const line of lines) {
    played = playLine(flow, played, line, context);
    kept = keptBy(played) ?? kept;
    show(played, to);
    for (const fact of played.facts) {
      if (fact.kind === 'asked') to.out(`  (${fact.command} is answered by the running service)`);
    }
    if (played.ended) break;
  }
  lines.close();
  return kept;
}

function keptBy({ facts }: Played): object | undefined {
  return facts.find((fact) => fact.kind === 'finished')?.answers;
}

/** Each message as a bubble of its own, told apart from what is typed. */
function show({ lines }: Played, to: Terminal): void {
  for (const message of lines) {
    to.out('');
    for (const line of message.split('\n')) to.out(`  ${line}`);
  }
  to.out('');
}
