/**
 * What every channel's adapter must do, whatever its provider looks like. An adapter's own test
 * file calls `channelContract` with a way to make the adapter and to speak to it as its provider
 * (or its person's browser) would; the tests here are then the same for all.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Inbound, Receipt, Receive } from '../../src/channel.ts';
import type { Prompt } from '../../src/flow/prompt.ts';

/** What the adapter under test is built with. */
export interface ContractPorts {
  readonly receive: Receive;
  /** Give every log line here, as the text that would be written. */
  readonly logged: (line: string) => void;
}

export interface AdapterUnderTest {
  /** The canonical address that `receive` must see for the person who speaks here. */
  readonly address: string;
  /** The person sends a text, under this message id where the channel's caller chooses it. */
  readonly say: (text: string, messageId?: string) => Promise<Answered>;
  /** A request of a megabyte. */
  readonly sayTooMuch: () => Promise<Answered>;
  /** The answer goes to the very person who wrote, and gives back what could not be stored. */
  readonly givesBack?: boolean;
  /** How `<b>1 & 2` is written so that it stays these words; in HTML unless said otherwise. */
  readonly plainly?: string;
  readonly close: () => Promise<void>;
}

export interface Answered {
  readonly status: number;
  /** What the person is shown, redirects followed: markup and all. */
  readonly shown: string;
}

export function channelContract(
  name: string,
  makeAdapter: (ports: ContractPorts) => Promise<AdapterUnderTest>,
): void {
  describe(`the contract of every channel: ${name}`, () => {
    const receive = vi.fn<Receive>();
    const log: string[] = [];
    let adapter: AdapterUnderTest;

    beforeEach(async () => {
      receive.mockReset().mockResolvedValue({ kind: 'silence' });
      log.length = 0;
      adapter = await makeAdapter({ receive, logged: (line) => log.push(line) });
    });
    afterEach(() => adapter.close());

    test('a text reaches receive once, from the canonical address, and clean', async () => {
      await adapter.say('sk\u200bate r\u202eamp\u0000 👨‍👩‍👧');
      expect(inbounds()).toHaveLength(1);
      expect(inbounds()[0]).toMatchObject({
        address: adapter.address,
        event: { kind: 'text', text: 'skate ramp 👨‍👩‍👧' },
      });
      expect(inbounds()[0]?.messageId).not.toBe('');
    });

    test('a repeated message is passed on with the same id', async () => {
      await adapter.say('1', 'c0ffee00-0000-4000-8000-000000000001');
      await adapter.say('1', 'c0ffee00-0000-4000-8000-000000000001');
      await adapter.say('1', 'c0ffee00-0000-4000-8000-000000000002');
      const [first, again, other] = inbounds().map(({ messageId }) => messageId);
      expect(again).toBe(first);
      expect(other).not.toBe(first);
    });

    test('a reply is shown with every option, and is reported as handed over', async () => {
      const { receipt, handedOver, notHandedOver } = reply(ONE, MANY, NUMBER);
      receive.mockResolvedValue(receipt);
      const { status, shown } = await adapter.say('go');
      expect(status).toBe(200);
      for (const words of ['What should we build', 'Skate ramp', 'Path lights', 'Goals', 'Benches'])
        expect(shown).toContain(words);
      expect(shown).toContain('How old');
      await vi.waitFor(() => expect(handedOver).toHaveBeenCalledTimes(1));
      expect(notHandedOver).not.toHaveBeenCalled();
    });

    test('words are words, whatever markup they look like', async () => {
      receive.mockResolvedValue(reply({ ...NUMBER, text: '<b>1 & 2</b> "ok"' }).receipt);
      const { shown } = await adapter.say('go');
      expect(shown).not.toContain('<b>1');
      expect(shown).toContain(adapter.plainly ?? '&lt;b&gt;1 &amp; 2');
    });

    test('when nothing could be stored, the caller is told to come again, and nothing leaks', async () => {
      receive.mockRejectedValue(new Error(`canary of ${adapter.address}: my-secret-answer`));
      const { status, shown } = await adapter.say('my-secret-answer');
      expect(status).toBeGreaterThanOrEqual(500);
      for (const place of [shown, ...log]) {
        expect(place).not.toContain(adapter.address);
        if (place !== shown || !adapter.givesBack) expect(place).not.toContain('my-secret-answer');
        expect(place).not.toContain('canary');
      }
    });

    test('a megabyte is refused before anyone reads it', async () => {
      const { status } = await adapter.sayTooMuch();
      expect(status).toBe(413);
      expect(receive).not.toHaveBeenCalled();
    });

    test('an ordinary message leaves no address and no word in the log', async () => {
      await adapter.say('my-secret-answer');
      expect(log.join('\n')).not.toContain(adapter.address);
      expect(log.join('\n')).not.toContain('my-secret-answer');
    });

    function inbounds(): readonly Inbound[] {
      return receive.mock.calls.map(([inbound]) => inbound).filter(isSaid);
    }
  });
}

/** Joining and pressing buttons are not what is counted here. */
function isSaid({ event }: Inbound): boolean {
  return event.kind === 'text';
}

function reply(...prompts: readonly Prompt[]) {
  const handedOver = vi.fn<() => void>();
  const notHandedOver = vi.fn<() => void>();
  const receipt: Receipt = { kind: 'reply', prompts, handedOver, notHandedOver };
  return { receipt, handedOver, notHandedOver };
}

const ONE: Prompt = {
  text: 'What should we build first?',
  hint: 'Text 1 or 2.',
  input: {
    kind: 'one',
    layout: 'list',
    options: [
      { id: 'ramp', label: 'Skate ramp' },
      { id: 'lights', label: 'Path lights' },
    ],
  },
  keys: [],
  target: { step: 'first', revision: 1 },
  language: 'en',
};

const MANY: Prompt = {
  text: 'And what else?',
  input: {
    kind: 'many',
    max: 2,
    ordered: false,
    options: [
      { id: 'goals', label: 'Goals' },
      { id: 'benches', label: 'Benches' },
    ],
  },
  keys: [],
  target: { step: 'else', revision: 1 },
  language: 'en',
};

const NUMBER: Prompt = {
  text: 'How old are you?',
  input: { kind: 'number' },
  keys: [],
  target: { step: 'age', revision: 1 },
  language: 'en',
};
