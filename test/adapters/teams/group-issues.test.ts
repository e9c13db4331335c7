/** Raising an issue in front of a chat, and backing one. */
import { describe, expect, test, vi } from 'vitest';
import type { TeamsPorts } from '../../../adapters/teams/teams-options.ts';
import type { ChatReceipt, IssueCard } from '../../../src/shared-chat.ts';
import { GROUP } from './fake-group.ts';
import { groupForEachTest } from './group-for-each-test.ts';

const here = groupForEachTest();
const { standing, restart } = here;

describe('raising an issue', () => {
  const issue: IssueCard = {
    id: 'issue-1',
    language: 'en',
    text: 'The 17:40 bus is always full.\nSent to the council.',
    back: 'Back this',
  };

  test('is said to be seen by everyone, and posted by the button alone', async () => {
    const posted = vi.fn<TeamsPorts['inChat']>(async () => ({ posts: [{ kind: 'issue', issue }] }));
    await restart({ inChat: posted });
    const asked = await here.amal.inChat(GROUP).say('raise The 17:40 bus is full');
    expect(asked.text).toContain('Everyone in this chat will see what is posted here');
    expect(JSON.stringify(asked.cards)).toContain('The 17:40 bus is full');
    expect(posted).not.toHaveBeenCalled();
    await here.ben.inChat(GROUP).press('Post');
    expect(posted.mock.calls[0]?.[0]).toMatchObject({
      by: here.ben.address,
      event: { kind: 'raise', text: 'The 17:40 bus is full' },
    });
    expect(standing()).toHaveLength(1);
    expect(here.amal.inChat(GROUP).card().text).toContain('Sent to the council.');
  });

  test('in any language, with the words kept as they were typed', async () => {
    const asked = await here.amal.inChat(GROUP).say('Zgłoś  Autobus 17:40, zawsze pełny!');
    expect(JSON.stringify(asked.cards)).toContain('"Autobus 17:40, zawsze pełny!"');
  });

  test('without words it asks for them', async () => {
    await here.amal.inChat(GROUP).say('raise');
    const again = await here.amal.inChat(GROUP).press('Post', { fields: { issue: '  ' } });
    expect(again.text).toContain('What should the council hear?');
    expect(here.group.chatInbounds).toEqual([]);
  });

  test('the same press once more shows the posted issue, and posts nothing', async () => {
    let came = 0;
    await restart({
      inChat: async () => {
        came += 1;
        return came === 1
          ? { posts: [{ kind: 'issue', issue }] }
          : { posts: [], standing: { ...issue, text: `${issue.text}\n2 people back this.` } };
      },
    });
    await here.amal.inChat(GROUP).say('raise The bus');
    const [card] = here.amal.inChat(GROUP).card().cards;
    await here.amal.inChat(GROUP).press('Post', { card });
    const again = await here.ben.inChat(GROUP).press('Post', { card });
    expect(again.text).toContain('2 people back this.');
    expect(again.buttons).toContain('Back this');
    expect(standing()).toHaveLength(1);
    expect(here.amal.inChat(GROUP).card().text).toContain('2 people back this.');
  });

  test('two who press at once post one issue', async () => {
    await here.amal.inChat(GROUP).say('raise The bus');
    const [card] = here.amal.inChat(GROUP).card().cards;
    await Promise.all([
      here.amal.inChat(GROUP).press('Post', { card }),
      here.ben.inChat(GROUP).press('Post', { card }),
    ]);
    expect(here.group.chatInbounds).toHaveLength(2);
    const [first, second] = here.group.chatInbounds.map(({ messageId }) => messageId);
    expect(first).toBe(second);
  });

  test('backing changes the card for everyone, and a second backing is told to one alone', async () => {
    const backed = { ...issue, text: `${issue.text}\n2 people back this.` };
    let aside: ChatReceipt['aside'] = [];
    await restart({
      inChat: async ({ event }) => ({
        posts: [{ kind: 'issue', issue: event.kind === 'back' ? backed : issue }],
        ...(event.kind === 'back' ? { aside } : {}),
      }),
    });
    await here.amal.inChat(GROUP).say('raised');
    await here.ben.inChat(GROUP).press('Back this');
    expect(here.amal.inChat(GROUP).card().text).toContain('2 people back this.');
    aside = [
      { text: 'You have backed this already.', input: { kind: 'none' }, keys: [], language: 'en' },
    ];
    const again = await here.ben.inChat(GROUP).press('Back this');
    expect(again.text).toContain('You have backed this already.');
    expect(here.amal.inChat(GROUP).card().text).not.toContain('You have backed this already.');
    expect(standing()).toHaveLength(1);
  });
});
