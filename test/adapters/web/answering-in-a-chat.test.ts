/** A conversation without JavaScript: every question and every command has a form that does it. */
import { expect, vi } from 'vitest';
import { test } from './web-chat-test.ts';

test('one tap answers; a reload shows the latest exchange and says nothing', async ({
  browser,
  program,
}) => {
  await browser.begin();
  await browser.tap('Start');
  await browser.tap('Yes');
  expect(program.received.at(-1)?.event).toMatchObject({
    kind: 'choice',
    step: 'use',
    options: ['yes'],
  });
  const { html } = await browser.open('/chat/park');
  expect(html).toContain('What should we build first?');
  expect(html).not.toContain('Text 1, 2 or 3');
  expect(program.received).toHaveLength(3);
});

test('every kind of question has a form that answers it', async ({ browser, program }) => {
  await browser.begin();
  const answers: readonly [step: string, fields: readonly [string, string][], event: object][] = [
    ['safe', [['choice', '7']], { kind: 'choice', step: 'safe', options: ['7'] }],
    ['feel', [['choice', '4']], { kind: 'choice', step: 'feel', options: ['4'] }],
    [
      'change',
      [
        ['choice', 'ramp'],
        ['choice', 'bins'],
      ],
      { kind: 'choice', step: 'change', options: ['ramp', 'bins'] },
    ],
    [
      'order',
      [
        ['choice', 'goals'],
        ['choice', ''],
        ['choice', 'goals'],
      ],
      { kind: 'choice', step: 'order', options: ['goals'] },
    ],
    ['age', [['text', '14']], { kind: 'text', text: '14' }],
    ['ward', [['choice', 'w3']], { kind: 'choice', step: 'ward', options: ['w3'] }],
    ['why', [['text', 'mehr Licht ☀️']], { kind: 'text', text: 'mehr Licht ☀️' }],
  ];
  for (const [step, fields, event] of answers) {
    program.goTo(step);
    await browser.open('/chat/park');
    const choice = fields[0]?.[0] === 'choice';
    const target = choice
      ? ([
          ['step', browser.hidden('step')],
          ['revision', browser.hidden('revision')],
        ] as const)
      : [];
    for (const [name] of fields) expect(browser.page().html).toContain(`name="${name}"`);
    await browser.post([...fields, ...target]);
    expect(program.received.at(-1)?.event).toMatchObject(event);
  }
});

test('nothing ticked is a choice of nothing, and the reply says so', async ({
  browser,
  program,
}) => {
  await browser.begin();
  program.goTo('change');
  await browser.open('/chat/park');
  const { html } = await browser.post([
    ['step', 'change'],
    ['revision', browser.hidden('revision')],
  ]);
  expect(program.received.at(-1)?.event).toMatchObject({ kind: 'choice', options: [] });
  expect(html).toContain('Please pick one or more.');
});

test('help, skip, back and another language are one tap, help always', async ({
  browser,
  program,
}) => {
  await browser.begin();
  for (const step of ['use', 'why', 'end']) {
    program.goTo(step);
    await browser.open('/chat/park');
    await browser.tap('Help');
    expect(program.received.at(-1)?.event).toEqual({ kind: 'command', command: 'help' });
    expect(browser.page().html).toContain('0800 1111');
  }
  program.goTo('build');
  await browser.open('/chat/park');
  const { html } = await browser.tap('اردو');
  expect(program.received.at(-1)?.event).toEqual({
    kind: 'command',
    command: 'language',
    language: 'ur',
  });
  expect(html).toContain('<html lang="ur" dir="rtl">');
  expect(html).toContain('ہم پہلے کیا بنائیں؟');
});

test('stopping says its last words, helpline and all, and then nothing is kept', async ({
  browser,
  program,
}) => {
  await browser.begin();
  program.goTo('use');
  await browser.open('/chat/park');
  const { status, html } = await browser.tap('Stop');
  expect(status).toBe(200);
  expect(html.replaceAll(/<[^>]*>/g, '')).toContain('To talk: Childline 0800 1111.');
  expect(html).not.toContain('Take back my answers');
  expect((await browser.open('/chat/park')).html).toContain('name="begin"');
});

test('a form sent twice is one message; another tap on the same page is another', async ({
  browser,
  program,
}) => {
  await browser.begin();
  const id = browser.hidden('id');
  await browser.post([
    ['text', 'go'],
    ['id', id],
  ]);
  await browser.post([
    ['text', 'go'],
    ['id', id],
  ]);
  await browser.post([
    ['command', 'help'],
    ['id', id],
  ]);
  const [, first, again, other] = program.received.map(({ messageId }) => messageId);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('a reply is reported as handed over once its answer has left', async ({
  browser,
  program,
}) => {
  await browser.begin();
  await vi.waitFor(() => expect(program.handed).toEqual({ over: 1, notOver: 0 }));
});
