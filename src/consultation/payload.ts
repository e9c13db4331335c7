/**
 * What is kept of a finished conversation: the answers, the bands a person chose to give, and the
 * free texts apart, so that a text that names its writer unlocks nothing else. No time, channel,
 * language or device may ever be added here.
 */
import type { Flow } from '../flow/flow.ts';
import type { Answers, AnswerValue } from '../flow/values.ts';
import type { PoolPayload } from '../privacy/pool.ts';

export function payloadOf(flow: Flow, given: Answers): PoolPayload {
  const answers: Record<string, AnswerValue> = {};
  const bands: Record<string, AnswerValue> = {};
  const freeText: Record<string, string> = {};
  for (const [id, value] of Object.entries(given)) {
    const step = flow.steps.get(id);
    if (step?.type !== 'question' || id === 'consent') continue;
    if (step.kind === 'text') freeText[id] = String(value);
    else if (flow.aboutYou.includes(id)) bands[id] = value;
    else answers[id] = value;
  }
  return { answers, bands, freeText };
}

/** One size for every answer to a flow, so that a sealed blob's length tells nothing of its text. */
export function payloadSize(flow: Flow): number {
  let bytes = 128;
  for (const step of flow.steps.values()) {
    if (step.type !== 'question') continue;
    bytes += step.id.length + 16;
    bytes += step.kind === 'text' ? step.maxLength * 4 : 0;
    bytes += step.kind === 'number' ? 24 : 0;
    bytes += longestChoice(
      step.options.map((option) => option.id),
      step.max,
    );
  }
  return Math.ceil(bytes / 256) * 256;
}

/** A flow whose fullest answers would not fit this is refused at launch. */
export const MOST_PAYLOAD_BYTES = 32_768;

function longestChoice(ids: readonly string[], max: number): number {
  const longest = ids.map((id) => id.length + 4).sort((a, b) => b - a);
  return longest.slice(0, max).reduce((sum, length) => sum + length, 0);
}
