/**
 * What a node answers over HTTP. The channels' webhooks come first: they need none of what pages
 * need. A node that only works in the background answers machines and nobody else.
 */
import express from 'express';
import { smsRouter } from '../../adapters/sms/inbound.ts';
import { webRouter } from '../../adapters/web/web-router.ts';
import type { Heard } from '../app.ts';
import type { Receive } from '../channel.ts';
import { createChatDesk } from '../conversation/chat-desk.ts';
import type { Listeners } from '../conversation/listeners.ts';
import { openChats, saidAndDone } from '../conversation/open-pages.ts';
import { onProviderOptOut } from '../conversation/stopping.ts';
import { createReportStatus } from '../delivery/status.ts';
import { isoDay } from '../platform/calendar.ts';
import { clockWords } from '../platform/outside-clock.ts';
import { type MachinePagesOptions, machinePages } from '../public/machine-pages.ts';
import { createPublicPages } from '../public/public-pages.ts';
import { teamsOptions } from './channels.ts';
import { chatPorts } from './chat-ports.ts';
import { createMetrics } from './metrics.ts';
import { readPageWords } from './page-words-file.ts';

export async function allPages(
  heard: Heard,
  receive: Receive,
  listeners: Listeners,
  stopping: AbortSignal,
): Promise<express.Express> {
  const { config, world } = heard;
  const words = await readPageWords();
  const secure = config.publicUrl.startsWith('https:');
  const app = bareApp();
  if (config.sms) {
    const reportStatus = createReportStatus({
      pool: world.pool,
      onOptOut: onProviderOptOut(world, 'sms'),
    });
    const { publicUrl } = config;
    app.use(
      smsRouter({
        ...config.sms,
        publicUrl,
        receive,
        reportStatus,
        dropCopy: (messageId) => heard.copies.add('sms', messageId),
        log: heard.log,
      }),
    );
  }
  const teams = teamsOptions(config);
  if (teams) {
    const { loadTokenCheck } = await import('../../adapters/teams/authenticate.ts');
    const { teamsRouter } = await import('../../adapters/teams/teams-router.ts');
    await loadTokenCheck();
    app.use('/channels/teams', teamsRouter(teams, chatPorts(heard, receive, 'teams')));
  }
  app.use(
    webRouter({
      desk: createChatDesk(world, listeners),
      receive,
      secureCookies: secure,
      ambient: world.ambient,
      log: heard.log,
      publicUrl: config.publicUrl,
      organisation: config.organisation,
      words,
      stopping,
    }),
  );
  const open = createPublicPages({
    organisation: config.organisation,
    words,
    secure,
    openChats: (language) => openChats(world, language),
    saidAndDone: (language) => saidAndDone(world, language),
    ...forMachines(heard),
    privacy: {
      channels: {
        sms: config.sms !== undefined,
        discord: config.discord !== undefined,
        teams: config.teams !== undefined,
      },
      hasLead: world.leadKey !== undefined,
    },
    today: () => isoDay(world.ambient.now(), world.installation.timeZone),
    log: heard.log,
  });
  app.use(open.router);
  app.use(open.broken);
  return app;
}

export function machinePagesOnly(heard: Heard): express.Express {
  const app = bareApp();
  app.use(machinePages(forMachines(heard)));
  app.use((_request, response) => {
    response.status(404).type('text/plain').send('Not found\n');
  });
  return app;
}

function bareApp(): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  return app;
}

function forMachines({ world, outsideClock }: Heard): MachinePagesOptions {
  return {
    ready: async () => (await world.pool.query('select 1')).rowCount === 1,
    notes: () => [clockWords(outsideClock.aheadMs()) ?? []].flat(),
    metrics: createMetrics(world.pool, outsideClock),
  };
}
