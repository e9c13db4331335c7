/** What members do where all can see, and what Heard says there. */
import { describe, expect, test } from 'vitest';
import { keygen } from '../../src/safeguarding/lead-key.ts';
import { joined, openGroupStage, shownBy } from './group-stage.ts';

describe('a chat that adds us', () => {
  test('is told once what we do, and that what is raised is seen by everyone here', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const greeting = joined(await chat.happens({ kind: 'added' }));
    expect(greeting).toContain('Bury Council');
    expect(greeting).toContain('everyone here sees what you raise');
    expect(greeting).not.toMatch(/safety lead/);
    expect(await chat.happens({ kind: 'added' })).toEqual({ posts: [] });
  });

  test('the same event twice is one event', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const raise = { kind: 'raise', text: 'The 17:40 bus is always full.' } as const;
    expect((await chat.happens(raise, { messageId: 'one' })).posts).toHaveLength(1);
    const again = await chat.happens(raise, { messageId: 'one' });
    expect(again.posts).toEqual([]);
    expect(again.standing?.text).toContain('The 17:40 bus is always full.');
    expect((await chat.happens({ kind: 'raised' })).posts).toHaveLength(1);
    const issue = again.standing?.id ?? '';
    const other = { messageId: 'two', by: 'somebody else' };
    await chat.happens({ kind: 'back', issue }, other);
    const backedAgain = await chat.happens({ kind: 'back', issue }, other);
    expect(backedAgain).toMatchObject({ posts: [], standing: { id: issue } });
    expect(backedAgain.standing?.text).toContain('2');
  });

  test('what was refused is refused again, in the same words; a disclosure opens one case', async () => {
    await using stage = await openGroupStage({ HEARD_SAFEGUARDING_KEY: keygen().publicKey });
    const chat = stage.chat();
    for (const text of ['call me on 07700 900123', 'my stepdad hits me']) {
      const raise = { kind: 'raise', text } as const;
      const first = await chat.happens(raise, { messageId: text });
      expect(first.aside?.length).toBeGreaterThan(0);
      expect(await chat.happens(raise, { messageId: text })).toEqual(first);
    }
    const { rowCount } = await stage.heard.world.pool.query('select from safe.case');
    expect(rowCount).toBe(1);
  });

  test('of a chat that has removed us nothing is made anew by an old event', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const raise = { kind: 'raise', text: 'The 17:40 bus is always full.' } as const;
    await chat.happens(raise, { messageId: 'one' });
    await chat.happens({ kind: 'removed' });
    expect(await chat.happens(raise, { messageId: 'one' })).toEqual({ posts: [] });
    const { rows } = await stage.heard.world.pool.query('select from chat.chat');
    expect(rows).toEqual([]);
  });
});

describe('start', () => {
  test('posts the card with its promise', async () => {
    await using stage = await openGroupStage();
    await stage.launchFlow('chesham-park');
    const { posts } = await stage.chat().happens({ kind: 'start', keyword: ' Park ' });
    expect(posts).toMatchObject([
      {
        kind: 'consultation',
        card: {
          keyword: 'PARK',
          state: 'open',
          progress: 'Fewer than 5 here have finished.',
          results: [],
          answer: 'Answer in private',
        },
      },
    ]);
    const promise = posts[0]?.kind === 'consultation' ? posts[0].card.promise : '';
    expect(promise).toContain('Bury Council here. £40,000 for Chesham park');
    expect(promise).toContain("We can't change the amount.");
    expect(promise).toContain('by 28 Jan');
  });

  test('an unknown word, or one that has closed, is told to whoever typed it, with what is open', async () => {
    await using stage = await openGroupStage();
    await stage.launchFlow('chesham-park');
    const said = shownBy(await stage.chat().happens({ kind: 'start', keyword: 'pork' }));
    expect(said.posts).toEqual([]);
    expect(said.aside.join()).toMatch(/don't know that word\. Open now: PARK/);
  });
});

test('more chats at once than there are connections: each gets its card', async () => {
  await using stage = await openGroupStage();
  await stage.launchFlow('chesham-park');
  const start = { kind: 'start', keyword: 'PARK' } as const;
  const receipts = await Promise.all(
    Array.from({ length: 60 }, (_, at) => stage.chat(`many ${at % 30}`).happens(start)),
  );
  expect(receipts.filter(({ posts }) => posts[0]?.kind === 'consultation')).toHaveLength(60);
});

describe('raise and back', () => {
  test('an issue gets an id that can be said, and is backed once by each', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const { posts } = await chat.happens({
      kind: 'raise',
      text: ' The 17:40 bus\nis always full ',
    });
    const issue = posts[0]?.kind === 'issue' ? posts[0].issue : undefined;
    expect(issue?.id).toMatch(/^[B-Z][2-9][B-Z][2-9]$/);
    expect(issue?.text).toContain('The 17:40 bus is always full');
    expect(issue?.back).toBe('Back this');
    const back = { kind: 'back', issue: (issue?.id ?? '').toLowerCase() } as const;
    const backed = await chat.happens(back, { by: 'member-0002' });
    expect(joined(backed)).toContain('now: 2');
    expect(backed.posts).toMatchObject([{ kind: 'issue', issue: { id: issue?.id } }]);
    expect(joined(await chat.happens(back, { by: 'member-0002' }))).toContain('already');
    expect(joined(await chat.happens(back))).toContain('already');
    expect(joined(await chat.happens({ kind: 'raised' }))).toContain('People behind it: 2.');
    const elsewhere = await stage.chat('2002').happens(back, { by: 'member-0009' });
    expect(joined(elsewhere)).toContain('nothing called');
  });
});
