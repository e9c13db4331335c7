/** Safe results, and what was promised: said in the chat that took part, and in no other. */
import { describe, expect, test } from 'vitest';
import { release } from '../../src/consultation/release.ts';
import { close } from '../../src/conversation/close.ts';
import { tellParticipants } from '../../src/conversation/tell-participants.ts';
import { type GroupStage, joined, openGroupStage, shownBy } from './group-stage.ts';

const DAY = 86_400_000;

/** 14 want the ramp, 10 lights, 6 goals: officers may see all three, the public may not. */
async function thirtyAnswer(stage: GroupStage): Promise<void> {
  const chat = stage.chat();
  for (let member = 0; member < 30; member++) {
    const first = member < 6 ? '3' : member < 16 ? '2' : '1';
    await stage.finishes(`member-${member}`, chat, { first, better: 'a swing' });
  }
}

describe('results', () => {
  test('of what this chat took part in only, and before there are any, when', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    expect(joined(await chat.happens({ kind: 'results' }))).toContain("hasn't taken part");
    await stage.launchFlow('chesham-park');
    expect(joined(await chat.happens({ kind: 'results', keyword: 'PARK' }))).toMatch(
      /hasn't taken part/,
    );
    await chat.happens({ kind: 'start', keyword: 'PARK' });
    const early = shownBy(await chat.happens({ kind: 'results' }));
    expect(early.posts.join()).toMatch(/still open.* by 28 Jan/);
    const other = shownBy(await stage.chat('2002').happens({ kind: 'results', keyword: 'park' }));
    expect(other.posts).toEqual([]);
  });

  test('are the published kind: rounded, small ones hidden, no text of anybody', async () => {
    await using stage = await openGroupStage();
    const park = await stage.launchFlow('chesham-park');
    const chat = stage.chat();
    await thirtyAnswer(stage);
    const { heard, clock } = stage;
    await close(heard.world, park, 'command line');
    clock.now = new Date(clock.now.getTime() + 6 * DAY);
    await release(heard.releaseDeps);
    const said = joined(await chat.happens({ kind: 'results' }));
    expect(said).toContain('About 30 people answered');
    expect(said).toContain('Goals: not shown.');
    expect(said).not.toContain('swing');
    for (const [, count] of said.matchAll(/about (\d+)/gi)) expect(Number(count) % 5).toBe(0);
    const card = joined(await chat.happens({ kind: 'start', keyword: 'park' }));
    expect(card).toContain('has closed');
  });
});

describe('promises', () => {
  test('are due, then late by so many days, then kept', async () => {
    await using stage = await openGroupStage();
    const park = await stage.launchFlow('chesham-park');
    const chat = stage.chat();
    const promise = async () => joined(await chat.happens({ kind: 'promise' }));
    expect(await promise()).toContain('Nothing has been promised');
    await chat.happens({ kind: 'start', keyword: 'PARK' });
    expect(await promise()).toContain("you'll hear by 28 Jan");
    stage.clock.now = new Date('2027-01-29T12:00:00Z');
    expect(await promise()).toContain("We're late by 1 day,");
    stage.clock.now = new Date('2027-02-09T12:00:00Z');
    expect(await promise()).toContain("We're late by 12 days,");
    const { world } = stage.heard;
    await tellParticipants(world, park, { en: 'Bury Council: the ramp it is.' }, 'command line');
    expect(await promise()).toContain('told on 9 Feb. Bury Council: the ramp it is.');
    expect(joined(await stage.chat('2002').happens({ kind: 'promise' }))).toContain('Nothing has');
  });
});
