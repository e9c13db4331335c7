/**
 * What a case says, sealed so that only the safeguarding lead can read it. Everything about the
 * person is inside the seal, and what is sealed is padded, so that its length tells nothing either.
 */
import { z } from 'zod';
import type { KeyPair } from '../privacy/keys.ts';
import { openSealed, pad, sealTo, unpad } from '../privacy/seal.ts';

/** `asked-for-contact`: nothing was found; the person asked that a safe adult contacts them. */
const contents = z.strictObject({
  kind: z.string(),
  channel: z.string(),
  address: z.string(),
  consultation: z.string(),
  messages: z.array(z.string()).readonly(),
  at: z.string(),
});
export type CaseContents = Readonly<z.output<typeof contents>>;

/** Found when answers were released: what was typed, without the person. */
const found = z.strictObject({ messages: z.array(z.string()).readonly() });
/** Sealed when answers were finished, to be used only if harm is found in them later. */
const link = z.strictObject({ channel: z.string(), address: z.string(), consultation: z.string() });
export type CaseLink = Readonly<z.output<typeof link>>;

const SMALLEST = 2048;
const LINK_SIZE = 512;
/** Bytes of JSON. What is longer is cut: a link must have one size, and must never fail an answer. */
const LONGEST_TITLE = 160;
const LONGEST_ADDRESS = 250;

export function sealContents(sealedFor: Uint8Array, plain: CaseContents): Uint8Array {
  return sealInSteps(sealedFor, plain);
}

export function sealFound(sealedFor: Uint8Array, messages: readonly string[]): Uint8Array {
  return sealInSteps(sealedFor, { messages });
}

export function sealLink(sealedFor: Uint8Array, plain: CaseLink): Uint8Array {
  const short = {
    channel: plain.channel,
    address: cut(plain.address, LONGEST_ADDRESS),
    consultation: cut(plain.consultation, LONGEST_TITLE),
  };
  return sealTo(sealedFor, pad(Buffer.from(JSON.stringify(short)), LINK_SIZE));
}

export type Opened =
  | { readonly kind: 'contents'; readonly contents: CaseContents }
  | { readonly kind: 'found'; readonly messages: readonly string[] }
  | { readonly kind: 'link'; readonly link: CaseLink }
  /** Sealed to somebody else's key, or changed since. */
  | { readonly kind: 'closed' };

export function openSeal(pair: KeyPair, sealed: Uint8Array): Opened {
  const plain = plainIn(pair, sealed);
  const asContents = contents.safeParse(plain);
  if (asContents.success) return { kind: 'contents', contents: asContents.data };
  const asLink = link.safeParse(plain);
  if (asLink.success) return { kind: 'link', link: asLink.data };
  const asFound = found.safeParse(plain);
  return asFound.success ? { kind: 'found', ...asFound.data } : { kind: 'closed' };
}

function plainIn(pair: KeyPair, sealed: Uint8Array): unknown {
  try {
    return JSON.parse(unpad(openSealed(pair, sealed)).toString());
  } catch {
    return undefined;
  }
}

/** 2 KiB, 4 KiB, 8 KiB ...: the steps are wide, so that few messages stand out. */
function sealInSteps(sealedFor: Uint8Array, plain: object): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(plain));
  let size = SMALLEST;
  while (size < bytes.length + SMALLEST / 2) size *= 2;
  return sealTo(sealedFor, pad(bytes, size));
}

/** Cuts to so many bytes of JSON, never inside a character. */
function cut(text: string, bytes: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(JSON.stringify(kept + character)) > bytes) return kept;
    kept += character;
  }
  return kept;
}
