/**
 * Stylesheets, scripts and pictures of our own, read once at start and served under an address that
 * holds a hash of their content, so that a browser may keep them for ever and never keeps an old one.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';

export interface StaticAssets {
  /** '/assets/heard.1a2b3c4d5e6f.css' for 'heard.css'; throws for a name that does not exist. */
  readonly address: (name: string) => string;
  readonly router: Router;
}

const SHARED_ASSETS = fileURLToPath(new URL('assets', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function readStaticAssets(folders: readonly string[]): StaticAssets {
  const addresses = new Map<string, string>();
  const contents = new Map<string, { readonly type: string; readonly body: Buffer }>();
  for (const folder of [SHARED_ASSETS, ...folders]) {
    for (const name of readdirSync(folder)) {
      const extension = extname(name);
      const type = TYPES[extension];
      if (type === undefined) continue;
      const body = readFileSync(join(folder, name));
      const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
      const hashed = `${name.slice(0, -extension.length)}.${hash}${extension}`;
      addresses.set(name, `/assets/${hashed}`);
      contents.set(hashed, { type, body });
    }
  }

  const router = Router();
  router.get('/assets/:file', (request, response, next) => {
    const asset = contents.get(request.params.file);
    if (asset === undefined) return next();
    response.set('Content-Type', asset.type);
    response.set('Cache-Control', 'public, max-age=31536000, immutable');
    response.send(asset.body);
  });

  return {
    address: (name) => {
      const address = addresses.get(name);
      if (address === undefined) throw new Error(`There is no asset called ${name}`);
      return address;
    },
    router,
  };
}
