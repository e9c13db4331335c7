/**
 * The one address that Teams posts to. Whoever calls it must carry a token that Microsoft signed for
 * our bot; then the service address and the directory must be ones we know. Every answer to a
 * stranger is a constant, and no token, name or answer may reach a log from here. Mount it at
 * /channels/teams, before any middleware that reads bodies.
 */
import { type Request, type Response, Router } from 'express';
import { tellWhatBecameOf } from '../web/handing-over.ts';
import { type Activity, isFromBot, isShared, languageOf, readActivity } from './activity.ts';
import { type Authenticate, authenticator } from './authenticate.ts';
import { createCardUpdates } from './card-updates.ts';
import { createConnector } from './connector.ts';
import { inGroupChat } from './group-chat.ts';
import { groupCommands } from './group-command.ts';
import { tenantOf } from './identity.ts';
import { failedTap, invokeAnswer } from './invoke-answer.ts';
import { readJson } from './json-body.ts';
import { inPersonalChat } from './personal-chat.ts';
import { placeOf } from './reference.ts';
import { type ServiceUrls, serviceUrls } from './service-urls.ts';
import { statementActivity, statementCard } from './statement.ts';
import { type TeamsOptions, type TeamsPorts, teamsSettings } from './teams-options.ts';
import { ACKNOWLEDGED, type Answer, type TeamsParts } from './teams-parts.ts';

interface Doors extends TeamsParts {
  readonly authenticate: Authenticate;
  readonly allowed: ServiceUrls;
}

export function teamsRouter(options: TeamsOptions, ports: TeamsPorts): Router {
  const settings = teamsSettings(options);
  const connector = createConnector(settings);
  const doors: Doors = {
    settings,
    ports,
    connector,
    updates: createCardUpdates(settings, ports, connector),
    groupCommand: groupCommands(ports.phrases),
    authenticate: authenticator(settings),
    allowed: serviceUrls(settings.serviceUrls),
  };
  const router = Router();
  router.post('/messages', async (request, response) => {
    try {
      await answerRequest(doors, request, response);
    } catch (error) {
      ports.log.error('what Teams brought could not be handled', { error, channel: 'teams' });
      if (!response.headersSent) refuse(response, 503);
    }
  });
  router.all('/messages', (_request, response) => {
    response.setHeader('allow', 'POST');
    refuse(response, 405);
  });
  return router;
}

async function answerRequest(doors: Doors, request: Request, response: Response): Promise<void> {
  const { authorization } = request.headers;
  const body = await readJson(request);
  if (body.kind === 'gone') return;
  if (body.kind === 'refused') return refuse(response, body.status);
  const activity = readActivity(body.value);
  if (activity === undefined) return refuse(response, authorization === undefined ? 401 : 400);
  const authentic = await doors.authenticate(authorization, activity);
  if (authentic === 'unavailable') return refuse(response, 503);
  if (authentic === 'refused') return refuse(response, 401);
  if (!doors.allowed.allows(activity.serviceUrl)) return refuse(response, 403);
  if (activity.type === 'invoke' && activity.name !== 'adaptiveCard/action')
    return refuse(response, 501);
  if (activity.type === 'invoke') return answerTap(doors, activity, response);
  const answer = await answerTo(doors, activity);
  if (answer.kind === 'come-again') return refuse(response, 503);
  send(response, 200, {});
}

/** A tap that could not be handled is answered too, so that it can be tried again. */
async function answerTap(doors: Doors, activity: Activity, response: Response): Promise<void> {
  const { ports } = doors;
  let answer: Answer;
  try {
    answer = await answerTo(doors, activity);
  } catch (error) {
    ports.log.error('a tap in Teams could not be handled', { error, channel: 'teams' });
    return send(response, 200, failedTap(activity, ports.say));
  }
  if (answer.kind !== 'card') return send(response, 200, {});
  if (answer.receipt) tellWhatBecameOf(response, answer.receipt);
  send(response, 200, invokeAnswer(answer.card));
}

async function answerTo(doors: Doors, activity: Activity): Promise<Answer> {
  if (isFromBot(activity)) return ACKNOWLEDGED;
  if (!isOurs(doors, activity)) return politelyRefused(doors, activity);
  return isShared(activity) ? inGroupChat(doors, activity) : inPersonalChat(doors, activity);
}

function isOurs({ settings }: TeamsParts, activity: Activity): boolean {
  const tenant = tenantOf(activity);
  return tenant !== undefined && settings.tenantIds.includes(tenant);
}

/** Somebody of another organisation is told, and nothing of them is kept. */
async function politelyRefused(doors: Doors, activity: Activity): Promise<Answer> {
  const { ports, settings, connector } = doors;
  const language = languageOf(activity) ?? 'en';
  const { organisation } = settings;
  const text = ports.say('teams_other_organisation', language, { organisation });
  if (activity.type === 'invoke') return { kind: 'card', card: statementCard(text, language) };
  if (activity.type === 'message')
    await connector.post(placeOf(activity), statementActivity(text, language));
  return ACKNOWLEDGED;
}

const REFUSALS = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'Method not allowed',
  413: 'Too large',
  415: 'Unsupported media type',
  501: 'Not implemented',
  503: 'Try again later',
} as const;

function refuse(response: Response, status: keyof typeof REFUSALS): void {
  send(response, status, { problem: REFUSALS[status] });
}

function send(response: Response, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
