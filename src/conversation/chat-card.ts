/** The card of a consultation for the web: its promise in one language, as plain texts. */
import type { Card } from '../../adapters/web/desk.ts';
import type { Consultation } from '../consultation/consultations.ts';
import type { Flow, FlowPromise } from '../flow/flow.ts';
import type { Localised } from '../flow/values.ts';
import type { World } from './world.ts';

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'ur']);

export function cardOf(
  world: Pick<World, 'words' | 'installation'>,
  consultation: Consultation,
  flow: Flow,
  wanted?: string,
): Card | undefined {
  const language = wanted !== undefined && flow.languages.includes(wanted) ? wanted : firstOf(flow);
  const { promise } = flow;
  if (!promise) return undefined;
  const { organisation, textNumber } = world.installation;
  return {
    keyword: consultation.keyword.toUpperCase(),
    language,
    organisation,
    title: inLanguage(flow, flow.title, language),
    ...promised(flow, promise, language),
    languages: flow.languages.map((code) => ({
      code,
      name: world.words.vocabulary.languageNames[code] ?? code,
      dir: RIGHT_TO_LEFT.has(code) ? 'rtl' : 'ltr',
    })),
    ...(textNumber === undefined ? {} : { textNumber }),
    state: consultation.state,
  };
}

function promised(flow: Flow, promise: FlowPromise, language: string) {
  const success = promise.success && inLanguage(flow, promise.success, language);
  return {
    asks: inLanguage(flow, promise.asks, language),
    canChange: inLanguage(flow, promise.canChange, language),
    cannotChange: inLanguage(flow, promise.cannotChange, language),
    decides: inLanguage(flow, promise.decides, language),
    ...(success === undefined ? {} : { success }),
    level: promise.level,
    feedbackBy: promise.feedbackBy,
  };
}

function inLanguage(flow: Flow, texts: Localised, language: string): string {
  return texts[language] ?? texts[firstOf(flow)] ?? '';
}

function firstOf(flow: Flow): string {
  return flow.languages[0] ?? 'en';
}
