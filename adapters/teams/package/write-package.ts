/**
 * `npm run teams:package`: writes the app package for Teams from the settings, and says where it is.
 * `npm run teams:package -- FILE` writes it there.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readConfig } from '../../../src/platform/config.ts';
import { teamsPackage } from './teams-package.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
const settings = readConfig(process.env);
if (settings.kind === 'problems') refuse(settings.problems);
else {
  const { config } = settings;
  const made = teamsPackage({
    ...config,
    ...(config.teams === undefined ? {} : { appId: config.teams.appId }),
  });
  if (made.kind === 'refused') refuse(made.reasons);
  else {
    const file = resolve(process.argv[2] ?? join(config.dataDir, 'heard-for-teams.zip'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made.content);
    process.stdout.write(`${file}\nUpload it in the Teams admin center: docs/teams.md says how.\n`);
  }
}

function refuse(reasons: readonly string[]): void {
  process.stderr.write(`${reasons.join('\n')}\n`);
  process.exitCode = 1;
}
