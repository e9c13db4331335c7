import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from './support/processes.ts';

const root = join(import.meta.dirname, '..');

/** One file each that breaks one rule of the house, and what the linter must say of it. */
const violations = {
  'src/platform/a.ts': [
    "import '../conversation/receive.ts';",
    'src/conversation stands on a higher floor',
  ],
  'src/privacy/b.ts': ["import '../delivery/claim.ts';", 'src/delivery stands on a higher floor'],
  'src/channel.ts': ["import './delivery/claim.ts';", 'src/delivery stands on a higher floor'],
  'src/delivery/c.ts': [
    "import '../consultation/launch.ts';",
    'src/consultation stands on a higher floor',
  ],
  'src/feedback/d.ts': [
    "import '../public/public-pages.ts';",
    'src/public stands on a higher floor',
  ],
  'src/shared-chat.ts': ["import './groups/chats.ts';", 'src/groups stands on a higher floor'],
  'src/raised/d.ts': [
    "import '../conversation/receive.ts';",
    'src/conversation stands on a higher floor',
  ],
  'src/conversation/deep/e.ts': [
    "import '../../app/serve.ts';",
    'src/app stands on a higher floor',
  ],
  'src/app/f.ts': ["import '../cli.ts';", 'src/cli.ts stands on a higher floor'],
  'adapters/sms/g.ts': [
    "import '../../src/conversation/receive.ts';",
    'src/conversation stands on a higher floor',
  ],
  'adapters/sms/h.ts': ["import '../../src/platform/postgres.ts';", 'An adapter knows no table'],
  'adapters/web/i.ts': ["import 'twilio';", 'twilio is imported only in adapters/sms/**'],
  'src/delivery/j.ts': [
    "import 'twilio/lib/rest/Twilio.js';",
    'twilio is imported only in adapters/sms/**',
  ],
  'src/flow/k.ts': ["import '../platform/postgres.ts';", 'The flow engine is pure'],
  'src/flow/l.ts': ["import 'node:fs';", 'The flow engine is pure'],
  'src/flow/m.ts': [
    "import '@marcbachmann/cel-js';",
    'cel-js is imported only in src/flow/condition.ts',
  ],
  'src/privacy/n.ts': [
    "import 'libsodium-wrappers';",
    'libsodium-wrappers is imported only in src/privacy/seal.ts',
  ],
  'src/privacy/seal.ts': ["import '../app/serve.ts';", 'src/app stands on a higher floor'],
  'src/results/o.ts': ["console.log('a');", 'no-console'],
  'src/results/p.ts': ['export const a: Array<any> = [];', 'no-explicit-any'],
  'src/results/q.ts': ['export default 1;', 'no-default-export'],
  'src/results/r.ts': ["import { s } from './s.ts'; export const r = () => s;", 'no-cycle'],
  'src/results/t.ts': ['const later = async () => 1; later();', 'no-floating-promises'],
} as const;

const allowed = {
  'src/results/s.ts': "import { r } from './r.ts'; export const s = () => r;",
  'src/cli/a.ts': "import '../app/serve.ts'; console.log('a');",
  'src/platform/jobs.ts': "import 'graphile-worker';",
  'src/flow/condition.ts': "import '@marcbachmann/cel-js';",
  'adapters/sms/z.ts': "import 'twilio'; import '../../src/flow/prompt.ts';",
  'src/conversation/z.ts':
    "import '../delivery/claim.ts'; import '../../adapters/sms/phone-number.ts';",
} as const;

test('the linter refuses what the house does not allow, and nothing else', () => {
  using copy = temporaryFolder();
  for (const file of ['oxlint.config.ts', 'tsconfig.json', 'package.json']) {
    copyFileSync(join(root, file), join(copy.path, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy.path, 'node_modules'));
  for (const [file, [code]] of Object.entries(violations)) write(copy.path, file, code);
  for (const [file, code] of Object.entries(allowed)) write(copy.path, file, code);

  const said = lint(copy.path);
  for (const [file, [, message]] of Object.entries(violations)) {
    const ofFile = said.filter(({ filename }) => filename === file);
    expect(JSON.stringify(ofFile), file).toContain(message);
  }
  const wronglyRefused = said.filter(
    ({ filename, code }) => filename in allowed && /restricted-imports|no-console/.test(code),
  );
  expect(wronglyRefused).toEqual([]);
});

function write(folder: string, file: string, code: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${code}\n`);
}

const report = z.object({
  diagnostics: z.array(
    z.object({ code: z.string(), filename: z.string(), help: z.string().optional() }),
  ),
});

function lint(folder: string): z.infer<typeof report>['diagnostics'] {
  const program = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout } = spawnSync(process.execPath, [program, '--format=json', 'src', 'adapters'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}:${process.env['PATH']}` },
  });
  return report.parse(JSON.parse(stdout)).diagnostics;
}
