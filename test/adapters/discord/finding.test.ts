/** Finding a consultation: suggested while somebody types, or chosen from buttons. */
import { describe, expect, test, vi } from 'vitest';
import type { DiscordPorts } from '../../../adapters/discord/discord-ports.ts';
import { reply, statement } from '../../support/prompts.ts';
import { serverForEachTest } from './server-for-each-test.ts';
import { PERSON } from './start-bot.ts';

const { here } = serverForEachTest();
const { inServer, receive, lastInbound } = here;

describe('finding a consultation', () => {
  test('while typing, each with its promise', async () => {
    expect(await inServer().complete('have-your-say', 'consultation', 'che')).toEqual([
      'Chesham park: We say why by 28 Jan.',
    ]);
    expect(await inServer().complete('have-your-say', 'consultation', 'bus')).toEqual([]);
  });

  test('without typing, by a button', async () => {
    const shown = await inServer().slash('have-your-say');
    expect(shown.text).toContain('Chesham park');
    expect(shown.text).toContain('We say why by 28 Jan.');
  });
});

describe('/have-your-say', () => {
  const openConsultations = vi.fn<DiscordPorts['desk']['openConsultations']>();

  async function withOpen(count: number): Promise<void> {
    openConsultations.mockReset().mockResolvedValue(
      Array.from({ length: count }, (_, at) => ({
        keyword: `PLAN${at}`,
        title: `Plan ${at} of the council`,
        promise: `We say why by 28 Jan. ${'More words. '.repeat(10)}`,
      })),
    );
    receive.mockReset().mockResolvedValue(reply(statement('First question')));
    await here.restart({
      receive,
      desk: { openConsultations, current: async () => undefined },
    });
  }

  test('says so kindly where nothing is open', async () => {
    await withOpen(0);
    expect(await inServer().complete('have-your-say', 'consultation', '')).toEqual([]);
    expect((await inServer().slash('have-your-say')).text).toContain('Nothing is open right now');
  });

  test('with thirty open: as many as Discord takes, and how to find the others', async () => {
    await withOpen(30);
    expect(await inServer().complete('have-your-say', 'consultation', '')).toHaveLength(25);
    expect(await inServer().complete('have-your-say', 'consultation', 'plan 29')).toHaveLength(1);
    const me = inServer();
    const shown = await me.slash('have-your-say');
    expect(shown.text).toContain('There are more. Type /have-your-say and a few letters');
    await me.press('Plan 19 of the council');
    expect(lastInbound()?.event).toMatchObject({ kind: 'join', keyword: 'PLAN19' });
  });

  test('with as many as are shown, it speaks of no others', async () => {
    await withOpen(20);
    expect((await inServer().slash('have-your-say')).text).not.toContain('There are more');
  });

  test('in a language that Discord has and we do not, the words are English and nothing is chosen', async () => {
    await withOpen(1);
    const thai = inServer(PERSON, { locale: 'th' });
    await thai.slash('have-your-say');
    expect(openConsultations).toHaveBeenLastCalledWith(undefined);
    expect((await thai.complete('have-your-say', 'consultation', 'plan')).length).toBe(1);
    await thai.slash('have-your-say', { consultation: 'PLAN0' });
    expect(lastInbound()?.event).toEqual({ kind: 'join', keyword: 'PLAN0' });
    await withOpen(0);
    const again = inServer(PERSON, { locale: 'th' });
    expect((await again.slash('have-your-say')).text).toContain('Nothing is open right now');
  });
});

test('a program that is slow to list gets an empty list in time', async () => {
  await here.restart({
    desk: { openConsultations: () => new Promise(() => undefined), current: async () => undefined },
  });
  expect(await inServer().complete('have-your-say', 'consultation', '')).toEqual([]);
});
