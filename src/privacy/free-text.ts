/**
 * Free text between its release and its clearing: encrypted under its consultation's own key, bound
 * to its question. It must never be stored readable before a person has cleared it.
 */
import type { KeyHolder } from './keys.ts';
import { encrypt } from './seal.ts';

export async function sealFreeText(
  keys: KeyHolder,
  consultation: string,
  { question, text }: { readonly question: string; readonly text: string },
): Promise<Buffer> {
  const key = await keys.freeTextKey(consultation);
  return encrypt(key, Buffer.from(text), freeTextBinding(consultation, question));
}

function freeTextBinding(consultation: string, question: string): Buffer {
  return Buffer.from(`free text ${consultation} ${question}`);
}
