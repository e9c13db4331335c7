/** What may be raised in front of everyone, and what is kept from the chat. */
import { describe, expect, test } from 'vitest';
import { namesAContact } from '../../src/raised/names-a-contact.ts';
import { listSealed } from '../../src/safeguarding/cases.ts';
import { keygen } from '../../src/safeguarding/lead-key.ts';
import { openCases } from '../../src/safeguarding/open-cases.ts';
import { joined, openGroupStage, rowsOf, shownBy } from '../groups/group-stage.ts';

const HARM = 'my dad hits me and I am scared to go home';

describe('a text that tells of harm', () => {
  test('is posted to nobody and kept nowhere; whoever wrote it is told alone where help is', async () => {
    await using stage = await openGroupStage();
    const { posts, aside } = shownBy(await stage.chat().happens({ kind: 'raise', text: HARM }));
    expect(posts).toEqual([]);
    expect(aside.join('\n')).toMatch(/999/);
    expect(aside.join('\n')).toMatch(/85258/);
    expect(aside.join('\n')).toContain("haven't shown this to anybody here");
    expect(aside.join('\n')).not.toMatch(/safety (lead|person)/);
    expect(await rowsOf(stage, 'select count(*) from raised.issue')).toEqual(['0']);
    expect(await rowsOf(stage, 'select count(*) from safe.case')).toEqual(['0']);
  });

  test('is sealed to the lead where there is one, and they are told so', async () => {
    const lead = keygen();
    await using stage = await openGroupStage({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
    const chat = stage.chat();
    expect(joined(await chat.happens({ kind: 'added' }))).toMatch(/safety lead may be told/);
    const { posts, aside } = shownBy(await chat.happens({ kind: 'raise', text: HARM }));
    expect(posts).toEqual([]);
    expect(aside.join('\n')).toMatch(/safety lead/);
    const opened = openCases(await listSealed(stage.heard.world.pool), lead.privateKeyFile);
    expect(JSON.stringify(opened)).toContain(HARM);
    expect(JSON.stringify(opened)).toContain('member-0001');
  });
});

describe('what everyone would read', () => {
  test.each([
    ['ring me on 07700 900123 about the bus', true],
    ['ring +44 (0)7700 900123', true],
    ['ring ٠٧٧٠٠ ٩٠٠١٢٣', true],
    ['write to jo.bloggs@school.example', true],
    ['The 17:40 bus is always full', false],
    ['£40,000 for 12 parks in 2026-2027', false],
    ['Call 999 or 116 123 signs are missing', false],
  ])('"%s" names a contact: %s', (text, is) => {
    expect(namesAContact(text)).toBe(is);
  });

  test('with a number in it is not kept, and may be raised again without', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const { posts, aside } = shownBy(
      await chat.happens({ kind: 'raise', text: 'Bus full, ring 07700 900123' }),
    );
    expect(posts).toEqual([]);
    expect(aside.join()).toContain('please leave out phone numbers');
    expect(await rowsOf(stage, 'select count(*) from raised.issue')).toEqual(['0']);
  });

  test.each([
    ['', 'What would you like to raise'],
    [' \n ', 'What would you like to raise'],
    ['a'.repeat(501), 'up to 500 characters'],
  ])('nothing, or too much, is asked for again: %#', async (text, says) => {
    await using stage = await openGroupStage();
    const { posts, aside } = shownBy(await stage.chat().happens({ kind: 'raise', text }));
    expect(posts).toEqual([]);
    expect(aside.join()).toContain(says);
  });

  test('a flood is asked to wait until tomorrow', async () => {
    await using stage = await openGroupStage();
    const chat = stage.chat();
    const raise = () => chat.happens({ kind: 'raise', text: 'Buses' });
    for (let raised = 0; raised < 20; raised++) expect((await raise()).posts).toHaveLength(1);
    expect(joined(await raise())).toContain('tomorrow');
    expect((await stage.chat('2002').happens({ kind: 'raise', text: 'Buses' })).posts).toHaveLength(
      1,
    );
    stage.clock.now = new Date(stage.clock.now.getTime() + 86_400_000);
    expect((await raise()).posts).toHaveLength(1);
  });
});

test('many who back it at once count once each', async () => {
  await using stage = await openGroupStage();
  const chat = stage.chat();
  const { posts } = await chat.happens({ kind: 'raise', text: 'Buses' }, { by: 'member-0' });
  const issue = posts[0]?.kind === 'issue' ? posts[0].issue.id : '';
  await Promise.all(
    Array.from({ length: 30 }, (_, at) =>
      chat.happens({ kind: 'back', issue }, { by: `member-${at % 10}` }),
    ),
  );
  expect(await rowsOf(stage, 'select backers from raised.issue')).toEqual(['10']);
  expect(await rowsOf(stage, 'select count(*) from raised.backing')).toEqual(['10']);
});

test('the marks of one person on two issues have nothing in common', async () => {
  await using stage = await openGroupStage();
  const chat = stage.chat();
  for (const text of ['Buses', 'Lights']) await chat.happens({ kind: 'raise', text });
  const marks = await rowsOf(stage, `select encode(mark, 'hex') from raised.backing`);
  expect(new Set(marks).size).toBe(2);
});
