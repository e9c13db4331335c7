/**
 * The webhooks of the SMS channel: a text message comes in and its answer rides on the response;
 * a status callback says what became of a message sent. Every answer to a stranger is a constant.
 * No address and no text may reach a log line or an error page from here. Mount it before any
 * middleware that reads bodies.
 */
import { type Request, type Response, Router } from 'express';
import type { Receipt, Receive, ReportStatus } from '../../src/channel.ts';
import type { Log } from '../../src/platform/log.ts';
import { inboundMessage } from './inbound-message.ts';
import { readSignedForm, type TwilioAccount } from './signed-form.ts';
import { smsMessages } from './sms-text.ts';
import { statusReport } from './status-report.ts';
import { SILENCE, twiml } from './twiml.ts';

export interface SmsRouterOptions extends TwilioAccount {
  /** The number that people text, in canonical form. */
  readonly from: string;
  readonly receive: Receive;
  readonly reportStatus: ReportStatus;
  /** A message is done with here: Twilio need not hold its copy any longer. */
  readonly dropCopy?: (messageId: string) => void;
  readonly log: Pick<Log, 'error'>;
}

export function smsRouter(options: SmsRouterOptions): Router {
  const router = Router();
  router.post('/channels/sms/inbound', (request, response) =>
    guarded(options, response, () => answerMessage(options, request, response)),
  );
  router.post('/channels/sms/status/:nonce', (request, response) =>
    guarded(options, response, () => answerStatus(options, request, response)),
  );
  for (const path of ['/channels/sms/inbound', '/channels/sms/status/:nonce'])
    router.all(path, (_request, response) => {
      response.setHeader('allow', 'POST');
      refuse(response, 405);
    });
  return router;
}

async function answerMessage(
  options: SmsRouterOptions,
  request: Request,
  response: Response,
): Promise<void> {
  const form = await readSignedForm(options, request);
  if (form.kind === 'gone') return;
  if (form.kind === 'refused') return refuse(response, form.status);
  if (form.params['To'] !== options.from) return refuse(response, 403);
  const message = inboundMessage(form.params);
  if (message.kind === 'malformed') return refuse(response, 400);
  if (message.kind === 'no-person') send(response, 200, XML, SILENCE);
  else carry(response, await options.receive(message.inbound));
  options.dropCopy?.(message.messageId);
}

/** Sends the reply on this response, and says whether it got out. */
function carry(response: Response, receipt: Receipt): void {
  if (receipt.kind === 'silence') return send(response, 200, XML, SILENCE);
  if (response.destroyed || response.socket?.destroyed) return receipt.notHandedOver();
  let told = false;
  const tell = (what: () => void) => (): void => {
    if (told) return;
    told = true;
    what();
  };
  response.once('finish', tell(receipt.handedOver));
  response.once('close', tell(receipt.notHandedOver));
  try {
    send(response, 200, XML, twiml(receipt.prompts.flatMap((prompt) => smsMessages([prompt]))));
  } catch (error) {
    tell(receipt.notHandedOver)();
    throw error;
  }
}

const NONCE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

async function answerStatus(
  options: SmsRouterOptions,
  request: Request,
  response: Response,
): Promise<void> {
  const form = await readSignedForm(options, request);
  if (form.kind === 'gone') return;
  if (form.kind === 'refused') return refuse(response, form.status);
  const nonce = String(request.params['nonce']);
  if (!NONCE.test(nonce)) return refuse(response, 404);
  const report = statusReport(nonce, form.params);
  if (report === undefined) return refuse(response, 400);
  const known = await options.reportStatus(report);
  if (known === 'unknown-nonce') return refuse(response, 404);
  response.writeHead(204).end();
}

/** Broken infrastructure: 503, so that the message is brought again. Says what kind, never what. */
async function guarded(
  { log }: SmsRouterOptions,
  response: Response,
  answer: () => Promise<void>,
): Promise<void> {
  try {
    await answer();
  } catch (error) {
    log.error('a text message webhook could not be handled', { error, channel: 'sms' });
    if (!response.headersSent) refuse(response, 503);
  }
}

const XML = 'text/xml; charset=utf-8';

const REFUSALS = {
  400: 'Bad request\n',
  403: 'Forbidden\n',
  404: 'Not found\n',
  405: 'Method not allowed\n',
  413: 'Too large\n',
  415: 'Unsupported media type\n',
  503: 'Try again later\n',
} as const;

function refuse(response: Response, status: keyof typeof REFUSALS): void {
  send(response, status, 'text/plain; charset=utf-8', REFUSALS[status]);
}

function send(response: Response, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
