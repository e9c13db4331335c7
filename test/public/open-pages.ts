/** The open pages on a port of their own, with what a test hands to them. */
import { Registry } from 'prom-client';
import { silentLog } from '../../src/platform/log.ts';
import {
  type Asked,
  createPublicPages,
  type OpenChat,
  type PrivacyFacts,
  type PublicPagesOptions,
} from '../../src/public/public-pages.ts';
import { listen } from '../support/listen.ts';
import { pageWords } from '../support/page-words.ts';

export const PARK: OpenChat = {
  keyword: 'PARK',
  title: '£40,000 for Chesham park',
  asks: '£40,000 for Chesham park: help pick what we build first.',
  language: 'en',
};

export const ASKED: Asked = {
  ...PARK,
  anchor: 'park',
  questions: ['Do you use Chesham park?', 'What should we build first?'],
  decides: 'Cllr Green decides 14 Jan.',
  state: 'open',
  answered: 120,
  feedbackBy: '2027-01-28',
  told: [],
};

export const EVERYTHING_ON: PrivacyFacts = {
  channels: { sms: true, discord: true, teams: true },
  hasLead: true,
};

export function startOpenPages(options: Partial<PublicPagesOptions> = {}) {
  return listen((app) => {
    const pages = createPublicPages({
      organisation: 'Bury Council',
      words: pageWords,
      secure: false,
      openChats: async () => [PARK],
      saidAndDone: async () => [ASKED],
      ready: async () => true,
      metrics: new Registry(),
      privacy: EVERYTHING_ON,
      today: () => '2026-11-21',
      log: silentLog,
      ...options,
    });
    app.use(pages.router);
    app.use(pages.broken);
  });
}
