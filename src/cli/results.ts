/** `heard results ID`: the safe tables of a consultation, under the rules of disclosure control. */
import { OFFICER } from '../results/disclosure.ts';
import { type QuestionResult, type Results, resultsOf } from '../results/tables.ts';
import { findConsultation, noConsultation } from './find-consultation.ts';
import { type CommandResult, table } from './output.ts';
import { runInHeard } from './run-in-heard.ts';

export function resultsCommand(named: string): Promise<CommandResult> {
  return runInHeard(async ({ world, config }) => {
    const consultation = await findConsultation(world.pool, named);
    if (!consultation) return noConsultation(named);
    const flow = await world.flows.flow(consultation.flow, consultation.version);
    const results = await resultsOf(world.pool, consultation.id, flow, OFFICER);
    return { kind: 'done', json: results, lines: linesOfResults(results, config.releaseMin) };
  });
}

export function linesOfResults(results: Results, releaseMin: number): readonly string[] {
  if (results.base === null) {
    return [
      `Fewer than ${releaseMin} answers have been released: there is nothing safe to show yet.`,
    ];
  }
  return [
    `About ${results.base} people answered. Every figure is rounded to 5; [c] hides a small one.`,
    ...results.questions.flatMap(linesOf),
  ];
}

function linesOf(question: QuestionResult): readonly string[] {
  const title = `${question.id} (${question.kind}${question.base === null ? '' : `, about ${question.base}`})`;
  const rows = question.options.map((option) => [
    `  ${option.label}`,
    option.count === null ? '[c]' : String(option.count),
    option.count === null ? '' : '█'.repeat(Math.ceil(option.count / scaleOf(question))),
  ]);
  return ['', title, ...table(rows)];
}

/** How many people one block of a bar stands for, so that the longest is 40 blocks at most. */
function scaleOf({ options }: QuestionResult): number {
  return Math.max(1, Math.max(...options.map((option) => option.count ?? 0)) / 40);
}
