/**
 * What the acknowledgement of an interaction is held against: a WebSocket, and one HTTP call for each
 * interaction that comes by it. It reads nothing of it but where to call, and does nothing after.
 */
import { Agent, request } from 'undici';
import { WebSocket } from 'ws';
import { z } from 'zod';

const { API_URL = '', GATEWAY_URL = '' } = process.env;
const packet = z.object({ op: z.number(), t: z.string().nullish(), d: z.unknown() });
const interaction = z.object({ id: z.string(), token: z.string() });
const dispatcher = new Agent();

const socket = new WebSocket(GATEWAY_URL);
socket.on('message', (raw) => {
  const { op, t, d } = packet.parse(JSON.parse(Buffer.isBuffer(raw) ? raw.toString() : '{}'));
  if (op === 10) socket.send(JSON.stringify({ op: 2, d: {} }));
  else if (t === 'INTERACTION_CREATE') void acknowledge(interaction.parse(d));
});
socket.on('close', () => process.exit());

async function acknowledge({ id, token }: z.infer<typeof interaction>): Promise<void> {
  const { body } = await request(`${API_URL}/v10/interactions/${id}/${token}/callback`, {
    dispatcher,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"type":6}',
  });
  await body.dump();
}
