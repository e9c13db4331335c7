/**
 * The text of a feedback, as an officer wrote it: plain, in the flow's first language, or YAML with
 * a text for each language. Every text begins with the council's name.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import type { Localised } from '../flow/values.ts';

const byLanguage = z.record(z.string().regex(/^[a-z]{2}(-[a-z]+)?$/), z.string().trim().min(1));

export type FeedbackText =
  | { readonly kind: 'texts'; readonly texts: Localised; readonly missing: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

export function readFeedbackText(
  file: string,
  content: string,
  languages: readonly string[],
  organisation: string,
): FeedbackText {
  const first = languages[0] ?? 'en';
  const texts = /\.ya?ml$/i.test(file) ? readYaml(content) : { [first]: content.trim() };
  if (!texts) {
    return { kind: 'refused', reason: 'Write the YAML as one text for each language: "en: ..."' };
  }
  if (!texts[first]) {
    return { kind: 'refused', reason: `There is no text in the flow's first language (${first}).` };
  }
  const foreign = Object.keys(texts).filter((code) => !languages.includes(code));
  if (foreign.length > 0) {
    return { kind: 'refused', reason: `The flow does not speak ${foreign.join(', ')}.` };
  }
  const signed = Object.entries(texts).map(([code, text]) => [code, sign(text, organisation)]);
  return {
    kind: 'texts',
    texts: Object.fromEntries(signed),
    missing: languages.filter((code) => texts[code] === undefined),
  };
}

function sign(text: string, organisation: string): string {
  return text.toLowerCase().includes(organisation.toLowerCase())
    ? text
    : `${organisation}: ${text}`;
}

function readYaml(content: string): Record<string, string> | undefined {
  try {
    const read = byLanguage.safeParse(parse(content));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
