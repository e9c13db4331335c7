/** The names of the program's own sentences, as they ship, and which of them leave as text messages. */
import { readFileSync } from 'node:fs';

export const sentences: readonly string[] = sentenceNames();

/** Sent as a text message, so that every letter counts. */
export function isTexted(name: string): boolean {
  return !/_(web|chat|discord|teams|note)$/.test(name) && !/^(discord|teams|chat)_/.test(name);
}

function sentenceNames(): readonly string[] {
  const text = readFileSync('flows/system.yaml', 'utf8');
  const block = text.slice(text.indexOf('\nsentences:'), text.indexOf('\npages:'));
  const names = [...block.matchAll(/^ {2}([a-z0-9_]+):$/gm)].flatMap((match) => match[1] ?? []);
  // What is said of every sentence says nothing where none is found.
  if (names.length === 0) throw new Error('flows/system.yaml has no sentences');
  return names;
}
