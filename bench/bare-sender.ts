/**
 * What sending is held against: a loop with fifty calls in flight and nothing else. No queue, no
 * database, no record of what became of anything. COUNT of the environment; says when it is done.
 */
import { Agent, request } from 'node:http';
import { dramaNumber } from './signed-texts.ts';

const IN_FLIGHT = 50;
const { TWILIO_API_URL, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM = '' } = process.env;
const count = Number(process.env.COUNT);
const url = new URL(`${TWILIO_API_URL}/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Messages.json`);
const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });

const began = performance.now();
let next = 0;
let taken = 0;
await Promise.all(
  Array.from({ length: IN_FLIGHT }, async () => {
    for (let at = next++; at < count; at = next++) if (await send(at)) taken += 1;
  }),
);
const seconds = (performance.now() - began) / 1000;
agent.destroy();
process.send?.({ messages: taken, seconds });
process.disconnect?.();

function send(at: number): Promise<boolean> {
  const form = new URLSearchParams({
    From: TWILIO_FROM,
    To: dramaNumber(at),
    Body: 'Bury Council: most of you picked the ramp, and it is being built.',
    StatusCallback: `http://localhost:3000/channels/sms/status/${crypto.randomUUID()}`,
  }).toString();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        auth: `${TWILIO_ACCOUNT_SID}:${TWILIO_AUTH_TOKEN}`,
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(form),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const answer: unknown = JSON.parse(text);
          resolve(typeof answer === 'object' && answer !== null && 'sid' in answer);
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(form);
  });
}
