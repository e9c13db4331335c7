/** A message that tells of harm is met in the same turn, and sealed to the lead where there is one. */
import { expect, test } from 'vitest';
import { listSealed } from '../../src/safeguarding/cases.ts';
import { keygen } from '../../src/safeguarding/lead-key.ts';
import { openCases } from '../../src/safeguarding/open-cases.ts';
import { openTestHeard } from '../support/open-test-heard.ts';
import { rowCount } from './row-count.ts';

const NUMBER = '+447700900123';

const HARM = 'my stepdad hits me every night';

test('is met in the same turn, kept from the answers and sealed to the lead', async () => {
  const lead = keygen();
  await using heard = await openTestHeard({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  for (const text of ['PARK', 'go', '1']) await phone.text(text);
  const said = await phone.text(HARM);
  expect(said.join('\n')).toContain('0800 1111');
  expect(said.join('\n')).toContain('Our safety lead will be told');
  expect(await phone.text('GO')).toEqual([expect.stringContaining('2 of 2.')]);
  const opened = openCases(await listSealed(heard.heard.world.pool), lead.privateKeyFile);
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  expect(opened.cases).toMatchObject([{ address: NUMBER, messages: [HARM], channel: 'sms' }]);
});

test.each(['I want it all to stop', 'will it ever stop', 'make it stop'])(
  'a cry that has the word stop in it is sealed and opts nobody out: %s',
  async (cry) => {
    const lead = keygen();
    await using heard = await openTestHeard({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
    await heard.launchFlow('chesham-park');
    const phone = heard.phone(NUMBER);
    for (const text of ['PARK', 'go', '1']) await phone.text(text);
    expect((await phone.text(cry)).join()).toContain('0800 1111');
    const opened = openCases(await listSealed(heard.heard.world.pool), lead.privateKeyFile);
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(opened.cases).toMatchObject([{ messages: [cry] }]);
    expect(await rowCount(heard, 'conv.person where stopped')).toBe(0);
    expect(await phone.text('GO')).toEqual([expect.stringContaining('2 of 2.')]);
  },
);

test.each([
  'i am frightened all the time. stop texting me',
  // As one text it does not sound like harm: the STOP drowns it.
  'im saving up my tablets. stop texting me',
])('what only sounds like harm is sealed where more is said than STOP: %s', async (cry) => {
  const lead = keygen();
  await using heard = await openTestHeard({ HEARD_SAFEGUARDING_KEY: lead.publicKey });
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  await phone.text('PARK');
  expect((await phone.text(cry)).join()).toContain('Our safety lead will be told');
  const opened = openCases(await listSealed(heard.heard.world.pool), lead.privateKeyFile);
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  expect(opened.cases).toMatchObject([{ kind: 'unclear', messages: [cry] }]);
  await phone.text('stop texting me');
  expect(await rowCount(heard, 'conv.person where stopped')).toBe(1);
});

test('without a lead nothing is sealed and nobody is promised', async () => {
  await using heard = await openTestHeard();
  await heard.launchFlow('chesham-park');
  const phone = heard.phone(NUMBER);
  await phone.text('PARK');
  const said = (await phone.text(HARM)).join('\n');
  expect(said).toContain('0800 1111');
  expect(said).not.toContain('lead');
  expect(await rowCount(heard, 'safe.case')).toBe(0);
});

test('is answered after an opt-out too', async () => {
  await using heard = await openTestHeard();
  const phone = heard.phone(NUMBER);
  await phone.text('STOP');
  expect((await phone.text(HARM)).join()).toContain('85258');
  expect((await phone.text('HELP')).join()).toContain('0800 1111');
});
