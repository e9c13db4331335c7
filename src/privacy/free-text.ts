/**
 * Free text between its release and its clearing: encrypted under its consultation's own key, bound
 * to its question. It must never be stored readable before a person has cleared it.
 */
import type { KeyHolder } from './keys.ts';
import { encrypt } from './seal.ts';

export interface FreeText {
  readonly question: string;
  readonly text: string;
}

export interface SealedFreeText {
  readonly question: string;
  readonly sealed: Uint8Array;
}

export async function sealFreeTexts(
  keys: KeyHolder,
  consultation: string,
  texts: readonly FreeText[],
): Promise<readonly SealedFreeText[]> {
  if (texts.length === 0) return [];
  const key = await keys.freeTextKey(consultation);
  return texts.map(({ question, text }) => ({
    question,
    sealed: encrypt(key, Buffer.from(text), freeTextBinding(consultation, question)),
  }));
}

function freeTextBinding(consultation: string, question: string): Buffer {
  return Buffer.from(`free text ${consultation} ${question}`);
}
