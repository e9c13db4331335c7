/** "LINK C7QM 4RTX": a code behind the word for it, and nothing that is only a sentence. */
import type { InboundEvent } from '../channel.ts';
import { fold } from '../flow/fold.ts';
import type { Vocabulary } from '../flow/vocabulary.ts';
import { readLinkCode } from '../privacy/link-codes.ts';

/** What was typed as a code, right or wrong. */
export function codeAfterLink(event: InboundEvent, vocabulary: Vocabulary): string | undefined {
  if (event.kind === 'command') return event.command === 'link' ? event.code : undefined;
  if (event.kind !== 'text' || event.text.length > 80) return undefined;
  const folded = fold(event.text);
  const said = linkPhrases(vocabulary).find((phrase) => folded.startsWith(`${phrase} `));
  if (said === undefined) return undefined;
  const rest = folded.slice(said.length + 1);
  return readLinkCode(rest) !== undefined || looksLikeACode(rest) ? rest : undefined;
}

/** A slip in a code has a digit, or no vowel: "link road" has neither. */
function looksLikeACode(rest: string): boolean {
  const letters = rest.replaceAll(' ', '');
  if (!/^[a-z0-9]{6,10}$/.test(letters) || rest.split(' ').length > 3) return false;
  return /\d/.test(letters) || !/[aeiou]/.test(letters);
}

const kept = new WeakMap<Vocabulary, readonly string[]>();

/** The longest first. */
function linkPhrases(vocabulary: Vocabulary): readonly string[] {
  let phrases = kept.get(vocabulary);
  if (phrases === undefined) {
    const all = Object.values(vocabulary.commands.link ?? {}).flat();
    phrases = [...new Set(all.map(fold))].toSorted((a, b) => b.length - a.length);
    kept.set(vocabulary, phrases);
  }
  return phrases;
}
