/** One young person in Discord or Teams, what the app shows them, and what is kept of them. */
import type { Inbound, Receipt } from '../../src/channel.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import type { TestHeard } from '../support/open-test-heard.ts';

/** A server that several people share. */
export const GUILD = 'chat:900000000000000001';

interface From {
  readonly channel?: 'discord' | 'teams';
  readonly within?: string;
  readonly reference?: string;
}

export function member(heard: TestHeard, address: string, from: From = {}) {
  const { channel = 'discord', ...others } = from;
  let sent = 0;
  let shown: readonly Prompt[] = [];
  const does = async (event: Inbound['event'], more: From = {}): Promise<readonly Prompt[]> => {
    const messageId = `${channel} ${address} ${++sent}`;
    const receipt: Receipt = await heard.receive({
      channel,
      address,
      messageId,
      event,
      ...others,
      ...more,
    });
    if (receipt.kind === 'silence') return [];
    receipt.handedOver();
    shown = receipt.prompts;
    return shown;
  };
  return {
    does,
    join: (keyword = 'PARK', language?: string) =>
      does({ kind: 'join', keyword, ...(language === undefined ? {} : { language }) }),
    command: (command: Extract<Inbound['event'], { kind: 'command' }>['command']) =>
      does({ kind: 'command', command }),
    /** Presses a button of what is shown last, or of what was shown before. */
    tap: (option: string, among = shown) => {
      const target = among.findLast((prompt) => prompt.target)?.target;
      if (!target) throw new Error('nothing can be pressed');
      return does({ kind: 'choice', ...target, options: [option] });
    },
    shown: () => shown,
  };
}

/** Joins and answers all that is asked. */
export async function finish(one: ReturnType<typeof member>): Promise<readonly Prompt[]> {
  await one.join();
  await one.tap('go');
  await one.tap('ramp');
  return one.command('skip');
}

export function texts(prompts: readonly Prompt[]): string {
  return prompts.map(({ lead, text }) => `${lead ?? ''} ${text}`).join('\n');
}

/** How many rows of a table there are: what is kept. */
export async function rows(heard: TestHeard, table: string): Promise<number> {
  return (await heard.heard.world.pool.query(`select from ${table}`)).rowCount ?? 0;
}
