/**
 * What the browser tests look at: the chat and the open pages on one port. The program behind them
 * is a small one with every kind of question, so that a test can go straight to each.
 */
import { Registry } from 'prom-client';
import { webRouter } from '../../adapters/web/web-router.ts';
import { systemAmbient } from '../../src/platform/ambient.ts';
import { createLog } from '../../src/platform/log.ts';
import { createPublicPages } from '../../src/public/public-pages.ts';
import { type FakeProgram, fakeProgram } from '../adapters/web/fake-program.ts';
import { ASKED, EVERYTHING_ON, PARK } from '../public/open-pages.ts';
import { listen } from '../support/listen.ts';
import { pageWords } from '../support/page-words.ts';

export interface RunningApp {
  readonly url: string;
  readonly program: FakeProgram;
  readonly close: () => Promise<void>;
}

export async function startApp(): Promise<RunningApp> {
  const program = fakeProgram();
  const shared = { organisation: 'Bury Council', words: pageWords, log: createLog() };
  const listening = await listen((app, url) => {
    app.use(
      webRouter({
        ...shared,
        desk: program.desk,
        receive: program.receive,
        secureCookies: false,
        ambient: systemAmbient,
        publicUrl: url,
      }),
    );
    const pages = createPublicPages({
      ...shared,
      secure: false,
      openChats: async () => [PARK],
      saidAndDone: async () => [
        ASKED,
        {
          ...ASKED,
          anchor: 'bus',
          title: 'Buses after school',
          state: 'closed',
          told: [{ on: '2026-10-28', text: 'Most of you said the 474 is too full. We said yes.' }],
        },
        { ...ASKED, anchor: 'quiet', title: 'Quiet rooms', state: 'closed', answered: undefined },
      ],
      ready: async () => true,
      metrics: new Registry(),
      privacy: EVERYTHING_ON,
      today: () => '2026-11-21',
    });
    app.use(pages.router);
    app.use(pages.broken);
  });
  return { url: listening.url, program, close: listening.close };
}
