/**
 * What a button, a list or a form carries: which question it belongs to, at which revision, and what
 * it stands for. It comes back from outside and is read strictly: what is not exactly ours is nothing.
 * At most 100 characters, so ids are kept as they are and everything else is short.
 */
import { COMMANDS, type Command } from '../../src/flow/prompt.ts';

export interface Target {
  readonly step: string;
  readonly revision: number;
}

export type Pressed =
  | ({ readonly kind: 'option'; readonly option: string } & Target)
  /** A list in which everything is chosen at once; `page` tells it from others of the message. */
  | ({ readonly kind: 'list'; readonly page: number } & Target)
  /** One of several lists that belong together, gathered by `done`. */
  | ({ readonly kind: 'page'; readonly page: number } & Target)
  | ({ readonly kind: 'done' } & Target)
  /** Places given one after the other; `picked` are positions in the lists, the first place first. */
  | ({
      readonly kind: 'rank';
      readonly language: string;
      readonly max: number;
      readonly picked: readonly number[];
      readonly page: number;
    } & Target)
  /** Opens a form; the form itself is sent back as `written`. */
  | ({
      readonly kind: 'write';
      readonly form: 'text' | 'number';
      readonly longest: number;
    } & Target)
  | ({ readonly kind: 'written' } & Target)
  | { readonly kind: 'key'; readonly command: Command; readonly target?: Target }
  /** `card`: the language of the card, seen by everyone, that the button stands on. */
  | { readonly kind: 'join'; readonly keyword: string; readonly card?: string }
  | { readonly kind: 'back'; readonly issue: string }
  | { readonly kind: 'raise' };

const PLACES = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export function customId(pressed: Pressed): string {
  return ['h', ...parts(pressed)].join(':');
}

function parts(pressed: Pressed): readonly (string | number)[] {
  switch (pressed.kind) {
    case 'option':
      return ['o', pressed.step, pressed.revision, pressed.option];
    case 'list':
      return ['l', pressed.step, pressed.revision, pressed.page];
    case 'page':
      return ['p', pressed.step, pressed.revision, pressed.page];
    case 'done':
      return ['d', pressed.step, pressed.revision];
    case 'rank': {
      const picked = pressed.picked.map((at) => PLACES[at] ?? '').join('');
      const { step, revision, language, max, page } = pressed;
      return ['r', step, revision, language, max, page, picked];
    }
    case 'write':
      return ['w', pressed.step, pressed.revision, pressed.form[0] ?? 't', pressed.longest];
    case 'written':
      return ['m', pressed.step, pressed.revision];
    case 'key': {
      const { target } = pressed;
      return ['k', pressed.command, ...(target ? [target.step, target.revision] : [])];
    }
    case 'join':
      return ['j', pressed.keyword, ...(pressed.card === undefined ? [] : [pressed.card])];
    case 'back':
      return ['b', pressed.issue];
    case 'raise':
      return ['i'];
  }
}

/** Undefined for whatever this program has not written itself. */
export function readCustomId(id: string): Pressed | undefined {
  const [ours, kind, ...rest] = id.length <= 100 ? id.split(':') : [];
  if (ours !== 'h' || kind === undefined) return undefined;
  if (kind === 'k') return readKey(rest);
  const [only] = rest;
  if (kind === 'i') return rest.length === 0 ? { kind: 'raise' } : undefined;
  if (only !== undefined && (kind === 'j' || kind === 'b')) {
    if (!/^[\p{L}\p{N}._-]{1,90}$/u.test(only)) return undefined;
    if (kind === 'j') return readJoin(only, rest.slice(1));
    return rest.length === 1 ? { kind: 'back', issue: only } : undefined;
  }
  const target = readTarget(rest);
  return target && readQuestionPart(kind, target, rest.slice(2));
}

function readQuestionPart(
  kind: string,
  target: Target,
  rest: readonly string[],
): Pressed | undefined {
  const [first, ...others] = rest;
  switch (kind) {
    case 'o':
      return first !== undefined && isId(first) && others.length === 0
        ? { kind: 'option', ...target, option: first }
        : undefined;
    case 'd':
      return first === undefined ? { kind: 'done', ...target } : undefined;
    case 'm':
      return first === undefined ? { kind: 'written', ...target } : undefined;
    case 'l':
    case 'p': {
      const page = whole(first);
      if (page === undefined || others.length > 0) return undefined;
      return { kind: kind === 'l' ? 'list' : 'page', ...target, page };
    }
    case 'w':
      return readWrite(target, rest);
    case 'r':
      return readRank(target, rest);
    default:
      return undefined;
  }
}

function readWrite(
  target: Target,
  [form, length, ...more]: readonly string[],
): Pressed | undefined {
  const longest = whole(length);
  if (longest === undefined || more.length > 0 || (form !== 't' && form !== 'n')) return undefined;
  return { kind: 'write', ...target, form: form === 't' ? 'text' : 'number', longest };
}

function readRank(target: Target, rest: readonly string[]): Pressed | undefined {
  const [language, most, of, letters, ...more] = rest;
  const max = whole(most);
  const page = whole(of);
  if (language === undefined || !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language))
    return undefined;
  if (max === undefined || page === undefined || letters === undefined || more.length > 0)
    return undefined;
  const picked = [...letters].map((letter) => PLACES.indexOf(letter));
  if (picked.includes(-1) || new Set(picked).size !== picked.length) return undefined;
  return { kind: 'rank', ...target, language, max, page, picked };
}

function readJoin(keyword: string, [card, ...others]: readonly string[]): Pressed | undefined {
  if (card === undefined) return { kind: 'join', keyword };
  const isLanguage = /^[a-z]{2,3}(-[a-z]{2,8})?$/.test(card) && others.length === 0;
  return isLanguage ? { kind: 'join', keyword, card } : undefined;
}

function readKey(rest: readonly string[]): Pressed | undefined {
  const command = COMMANDS.find((known) => known === rest[0]);
  if (command === undefined) return undefined;
  if (rest.length === 1) return { kind: 'key', command };
  const target = rest.length === 3 ? readTarget(rest.slice(1)) : undefined;
  return target && { kind: 'key', command, target };
}

function readTarget([step, revision]: readonly string[]): Target | undefined {
  const number = whole(revision);
  return step !== undefined && isId(step) && number !== undefined
    ? { step, revision: number }
    : undefined;
}

function isId(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text);
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
