import { Counter, Registry } from 'prom-client';
import { afterEach, expect, test } from 'vitest';
import type { PublicPagesOptions } from '../../src/public/public-pages.ts';
import type { Listening } from '../support/listen.ts';
import { ASKED, startOpenPages } from './open-pages.ts';

let server: Listening;
afterEach(() => server.close());

async function get(path: string, options: Partial<PublicPagesOptions> = {}, headers = {}) {
  server = await startOpenPages(options);
  return again(path, headers);
}

async function again(path: string, headers = {}) {
  const response = await fetch(`${server.url}${path}`, { headers, redirect: 'manual' });
  return { status: response.status, html: await response.text(), headers: response.headers };
}

test('a node that is ready says what is to be looked at all the same', async () => {
  const { status, html } = await get('/readyz', { notes: () => ['the clock is 135 s ahead'] });
  expect([status, html]).toEqual([200, 'ready\nthe clock is 135 s ahead\n']);
});

test('the front page leads to what is open', async () => {
  const { html } = await get('/');
  expect(html).toContain('href="/chat/park"');
  expect(html).toContain('help pick what we build first.');
});

test('with nothing open it says how to launch', async () => {
  const { html } = await get('/', { openChats: async () => [] });
  expect(html).toContain('Nothing is open right now.');
  expect(html).toContain('npm run heard -- launch');
});

test('you said, we did: what was asked, how many answered, when they will hear', async () => {
  const { html } = await get('/said-and-done');
  expect(html).toContain('id="park"');
  expect(html).toContain('What should we build first?');
  expect(html).toContain('About 120 people.');
  expect(html).toContain('You will hear by 28 January 2027.');
});

test('you said, we did: what happened, in the words that everyone was told', async () => {
  const told = [{ on: '2027-01-25', text: 'Most picked the skate ramp.\nCllr Green said yes.' }];
  const { html } = await get('/said-and-done', {
    saidAndDone: async () => [{ ...ASKED, state: 'closed', told }],
  });
  expect(html).toContain('Most picked the skate ramp.\nCllr Green said yes.');
  expect(html).toContain('Told on 25 January 2027');
  expect(html).not.toContain('You will hear by');
});

test('too few answers are not counted in public, and a broken promise is owned up to', async () => {
  const { html } = await get('/said-and-done', {
    saidAndDone: async () => [{ ...ASKED, state: 'closed', answered: undefined }],
    today: () => '2027-01-29',
  });
  expect(html).not.toMatch(/About \d/);
  expect(html).toContain('We are late, and we are sorry.');
});

test('pages come in the language that is asked for', async () => {
  const asked: string[] = [];
  const saidAndDone = async (language: string) => {
    asked.push(language);
    return [ASKED];
  };
  const { html } = await get('/said-and-done?language=ur', { saidAndDone });
  expect(html).toContain('<html lang="ur" dir="rtl">');
  // What is not in that language says so.
  expect(html).toMatch(/<h2[^>]*lang="en" dir="ltr">/);
  await again('/said-and-done', { 'Accept-Language': 'pl' });
  expect(asked).toEqual(['ur', 'pl']);
});

test('officers are told what there is instead of a console', async () => {
  const { status, headers } = await get('/officers');
  expect(status).toBe(302);
  expect(headers.get('location')).toBe('/officers/sign-in');
  const { html } = await again('/officers/sign-in');
  expect(html).toContain('console is not here yet');
  expect(html).toContain('npm run heard -- results ID');
});

test('a page that is not there, and one that broke, say nothing of why', async () => {
  const missing = await get('/no/such/<page>', {
    openChats: async () => {
      throw new Error('secret detail');
    },
  });
  expect(missing.status).toBe(404);
  expect(missing.html).toContain('We can&#39;t find that page');
  expect(missing.html).not.toContain('such/');
  const broken = await again('/');
  expect(broken.status).toBe(500);
  expect(broken.html).toContain('something went wrong on our side');
  expect(broken.html).not.toContain('secret');
  expect((await again('/%E0%A4%A')).status).toBe(404);
});

test('privacy: what is kept, who sees it, and only of what is there; linked from every page', async () => {
  const { html } = await get('/privacy');
  expect(html).toContain('deleted 7 days after your last message');
  expect(html).toContain('Ask Bury Council for its data protection officer');
  for (const name of ['Text messages', 'Discord', 'Microsoft Teams', 'safety lead'])
    expect(html).toContain(name);
  expect((await again('/')).html).toContain('href="/privacy"');
  await server.close();
  const off = { channels: { sms: false, discord: false, teams: false }, hasLead: false };
  const alone = await get('/privacy?language=cy', { privacy: off });
  expect(alone.html).toContain('<html lang="cy"');
  expect(alone.html).not.toMatch(/Discord|Teams|Negeseuon testun|arweinydd diogelwch/);
});

test('machines learn whether it is alive, ready, and its figures', async () => {
  const metrics = new Registry();
  new Counter({ name: 'heard_turns_total', help: 'turns', registers: [metrics] }).inc(3);
  let up = true;
  const ready = async () => {
    if (!up) throw new Error('no database');
    return true;
  };
  expect((await get('/healthz', { ready, metrics })).html).toBe('ok\n');
  expect((await again('/readyz')).status).toBe(200);
  up = false;
  expect((await again('/readyz')).status).toBe(503);
  expect((await again('/metrics')).html).toContain('heard_turns_total 3');
});

test('every page forbids what is not our own; assets are kept for ever by their content', async () => {
  const { html } = await get('/');
  for (const path of ['/', '/said-and-done', '/privacy', '/officers/sign-in', '/nowhere']) {
    const page = await again(path);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(page.html).not.toMatch(/\sstyle=|\son\w+="|<style|<script/);
  }
  const [stylesheet = ''] = /\/assets\/heard\.[0-9a-f]{12}\.css/.exec(html) ?? [];
  const asset = await again(stylesheet);
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-type')).toContain('text/css');
  expect((await again('/assets/heard.000000000000.css')).status).toBe(404);
});
