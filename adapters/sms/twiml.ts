/** The answer to a webhook in Twilio's markup: the messages to send, or none. */

export const SILENCE = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

export function twiml(messages: readonly string[]): string {
  if (messages.length === 0) return SILENCE;
  const body = messages.map((message) => `<Message>${escapeXml(message)}</Message>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?><Response>${body}</Response>`;
}

const NEEDS_CARE = /[&<>"'\u0000-\u0008\u000b-\u001f\p{Surrogate}\ufffe\uffff]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** What XML cannot hold at all (controls, half surrogates) is left out. */
function escapeXml(text: string): string {
  return text.replace(NEEDS_CARE, (character) => ENTITIES[character] ?? '');
}
