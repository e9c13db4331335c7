/**
 * A small program behind the web chat for tests: one conversation with every kind of question, in
 * memory, in English and Urdu. It keeps what was received so that tests can read it.
 */
import type { Card, Desk } from '../../../adapters/web/desk.ts';
import type { Inbound, Receipt, Receive } from '../../../src/channel.ts';
import type { Prompt } from '../../../src/flow/prompt.ts';
import { cardIn, stepNames } from './fake-consultation.ts';
import { ask, currentOf, newSession, plain, type Session, turn } from './fake-conversation.ts';

export interface FakeProgram {
  readonly desk: Desk;
  readonly receive: Receive;
  readonly received: readonly Inbound[];
  readonly followed: readonly { readonly address: string; readonly number: string }[];
  readonly handed: { over: number; notOver: number };
  /** The next message meets a broken database. */
  readonly breakOnce: () => void;
  readonly closeConsultation: () => void;
  /** Says something to everybody, as a reminder would. */
  readonly sayToAll: (text: string) => void;
  /** Moves every conversation to this step. */
  readonly goTo: (step: string) => void;
  readonly streams: () => number;
}

export function fakeProgram(): FakeProgram {
  const sessions = new Map<string, Session>();
  const received: Inbound[] = [];
  const followed: { address: string; number: string }[] = [];
  const handed = { over: 0, notOver: 0 };
  const listeners = new Map<string, Set<() => void>>();
  let broken = false;
  let state: Card['state'] = 'open';

  function tell(address: string): void {
    for (const listener of listeners.get(address) ?? []) listener();
  }

  function reply(session: Session, ...prompts: readonly Prompt[]): Receipt {
    session.prompts = prompts;
    return {
      kind: 'reply',
      prompts,
      handedOver: () => void (handed.over += 1),
      notHandedOver: () => void (handed.notOver += 1),
    };
  }

  const receive: Receive = async (inbound) => {
    if (broken) {
      broken = false;
      throw new Error('The database is away');
    }
    received.push(inbound);
    const { address, event, messageId } = inbound;
    const session = sessions.get(address) ?? newSession(event);
    sessions.set(address, session);
    if (session.seen.has(messageId)) return { kind: 'silence' };
    session.seen.add(messageId);
    const receipt = reply(session, ...turn(session, event));
    // As the program: who stops took no part, and nothing of it is kept.
    if (event.kind === 'command' && event.command === 'stop') sessions.delete(address);
    tell(address);
    return receipt;
  };

  const desk: Desk = {
    card: async (keyword, language) =>
      keyword.toLowerCase() === 'park' ? { ...cardIn(language), state } : undefined,
    current: async (address) => {
      const session = sessions.get(address);
      return session === undefined ? undefined : currentOf(session);
    },
    follow: async (address, number) => {
      if (followed.length >= 3) return 'too-many';
      if (!/^07\d{9}$/.test(number.replaceAll(' ', ''))) return 'bad-number';
      followed.push({ address, number });
      return 'kept';
    },
    clear: async (address) => {
      sessions.delete(address);
      tell(address);
    },
    subscribe: (address, listener) => {
      const own = listeners.get(address) ?? new Set();
      listeners.set(address, own.add(listener));
      return () => own.delete(listener);
    },
  };

  return {
    desk,
    receive,
    received,
    followed,
    handed,
    breakOnce: () => void (broken = true),
    closeConsultation: () => void (state = 'closed'),
    sayToAll: (text) => {
      for (const [address, session] of sessions) {
        session.prompts = [plain(session, text), ...ask(session).slice(-1)];
        tell(address);
      }
    },
    goTo: (step) => {
      for (const session of sessions.values()) {
        session.step = stepNames.indexOf(step);
        session.prompts = ask(session);
      }
    },
    streams: () => [...listeners.values()].reduce((sum, own) => sum + own.size, 0),
  };
}
