/** Makes the addresses of our own pages in a text into links; no other address ever becomes one. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

export function linkOwnAddresses(text: string, publicUrl: string): readonly Piece[] {
  const { host, origin } = new URL(publicUrl);
  const address = new RegExp(
    `(?<![\\w.@/-])(?:https?://)?${escapeForRegExp(host)}(?<path>/[\\w/#?=&%.-]*)?(?![\\w.-]*\\w)`,
    'g',
  );
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const shown = match[0].replace(/[.?]+$/, '');
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    const path = (match.groups?.['path'] ?? '/').replace(/[.?]+$/, '');
    pieces.push({ text: shown, href: `${origin}${path}` });
    end = match.index + shown.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function escapeForRegExp(host: string): string {
  return host.replaceAll(/\W/g, '\\$&');
}
