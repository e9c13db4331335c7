/**
 * What the person said about the open question, once it is known what it means: taken as the answer
 * or not. Nothing is ever taken that the question does not offer.
 */
import type { Question } from '../flow.ts';
import type { Before } from '../prompts/ask.ts';
import type { Fact, Turn } from '../turn.ts';
import type { Understood } from '../understand/understood.ts';
import type { AnswerValue } from '../values.ts';
import { isConsent, takeConsent } from './consent.ts';
import { goOn } from './go-on.ts';
import { miss } from './miss.ts';
import { type Scene, said, withState } from './scene.ts';
import { leaving } from './standing.ts';

export function settle(scene: Scene, question: Question, understood: Understood): Turn {
  return understood.kind === 'answer'
    ? take(scene, question, understood.value, understood.said)
    : miss(scene, question, understood);
}

function take(
  scene: Scene,
  question: Question,
  value: AnswerValue,
  places: readonly number[],
): Turn {
  if (isConsent(scene, question)) return takeConsent(scene, question, value === true);
  const facts: Fact[] = [{ kind: 'answered', step: question.id }];
  const answers = { ...scene.state.answers, [question.id]: value };
  const left = withState(scene, leaving(scene.state, question.id, answers));
  return goOn(left, question, facts, acknowledgement(scene, question, value, places));
}

/** "Skate ramp, got it. (Not right? Text BACK.)" A text is not repeated to whoever wrote it. */
function acknowledgement(
  scene: Scene,
  question: Question,
  value: AnswerValue,
  places: readonly number[],
): Before {
  if (question.kind === 'text') return { lead: said(scene, 'got_it_text') };
  const { words } = scene.flow;
  const { language } = scene.state;
  const { gotIt, gotItHint, options } = scene.table.question(question).texts;
  if (question.kind === 'choose_many' || question.kind === 'rank') {
    const answers = places.map((place) => options[place]?.label ?? '').join(', ');
    return { lead: words.say('got_it_many', language, { answers }), leadHint: gotItHint };
  }
  const lead = gotIt[places[0] ?? -1] ?? words.say('got_it', language, { answer: String(value) });
  return { lead, leadHint: gotItHint };
}
