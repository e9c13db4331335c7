import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startNode } from '../support/processes.ts';

const preload = join(import.meta.dirname, '..', '..', 'src', 'platform', 'preload.js');

test('an older Node is told which one is needed, before any TypeScript is read', async () => {
  const older = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.1.0'})`;
  const { ended } = startNode(['--import', older, '--import', preload, 'nowhere.ts']);
  expect(await ended).toEqual({
    code: 2,
    errors: expect.stringContaining('Heard needs Node 24 or later, and this is Node 20.1.0.'),
  });
});

test('this Node passes', async () => {
  const { ended } = startNode(['--import', preload, '--eval', '']);
  expect(await ended).toEqual({ code: 0, errors: '' });
});
