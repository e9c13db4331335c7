/** The app package: what Teams' administrators are given, and what Teams would refuse. */
import { crc32, inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ICON_SIZES, manifestRules } from '../../../adapters/teams/package/manifest-rules.ts';
import { teamsPackage } from '../../../adapters/teams/package/teams-package.ts';

const settings = {
  appId: '11111111-2222-4333-8444-555555555555',
  publicUrl: 'https://heard.bury.example',
  organisation: 'Bury Council',
};

function contents(more: Partial<typeof settings> = {}): ReadonlyMap<string, Buffer> {
  const made = teamsPackage({ ...settings, ...more });
  if (made.kind === 'refused') throw new Error(made.reasons.join());
  return unzip(made.content);
}

function manifestOf(more: Partial<typeof settings> = {}) {
  return manifestRules.parse(JSON.parse(String(contents(more).get('manifest.json'))));
}

test('the package holds the manifest and the two icons that it names, and nothing else', () => {
  const files = contents();
  const { icons } = manifestOf();
  expect([...files.keys()].toSorted()).toEqual(
    ['manifest.json', icons.color, icons.outline].toSorted(),
  );
});

test('the same settings make the same bytes', () => {
  expect(teamsPackage(settings)).toEqual(teamsPackage(settings));
});

test('the manifest names this bot, this organisation and this place, and asks for no rights', () => {
  const made = manifestOf();
  expect(made).toMatchObject({
    id: settings.appId,
    developer: { name: 'Bury Council', websiteUrl: settings.publicUrl },
    bots: [
      {
        botId: settings.appId,
        scopes: ['personal', 'team', 'groupChat'],
        supportsFiles: false,
      },
    ],
    validDomains: ['heard.bury.example'],
  });
  expect(made).not.toHaveProperty('permissions');
  expect(made.bots[0]?.commandLists[1]?.commands.map(({ title }) => title)).toEqual([
    'start',
    'results',
    'promise',
    'raise',
    'raised',
    'help',
  ]);
});

test('a long name of an organisation is shortened where Teams takes no more', () => {
  const organisation = 'Bury Metropolitan Borough Council Youth';
  const { developer, name } = manifestOf({ organisation });
  expect(developer.name).toBe('Bury Metropolitan Borough…');
  expect(name.full).toBe(`Heard from ${organisation}`);
});

describe('the rules of the schema', () => {
  const made = manifestOf();
  test.each<[string, (manifest: typeof made) => object]>([
    ['a name of 31 letters', (it) => ({ ...it, name: { ...it.name, short: 'x'.repeat(31) } })],
    [
      'a description of 81',
      (it) => ({ ...it, description: { ...it.description, short: 'x'.repeat(81) } }),
    ],
    ['no identifier', (it) => ({ ...it, id: 'heard' })],
    ['a field that the schema does not know', (it) => ({ ...it, extra: true })],
    [
      'an address that is not secure',
      (it) => ({ ...it, developer: { ...it.developer, privacyUrl: 'http://a.example' } }),
    ],
    ['a domain with a scheme', (it) => ({ ...it, validDomains: ['https://a.example'] })],
    ['every domain', (it) => ({ ...it, validDomains: ['*.example'] })],
    ['an address of a machine', (it) => ({ ...it, validDomains: ['10.0.0.1'] })],
    ['files', (it) => ({ ...it, bots: [{ ...it.bots[0], supportsFiles: true }] })],
    ['another scope', (it) => ({ ...it, bots: [{ ...it.bots[0], scopes: ['everyone'] }] })],
    [
      'eleven commands',
      (it) => ({
        ...it,
        bots: [
          {
            ...it.bots[0],
            commandLists: [
              {
                scopes: ['personal'],
                commands: Array.from({ length: 11 }, () => ({ title: 'a', description: 'b' })),
              },
            ],
          },
        ],
      }),
    ],
    ['a colour by name', (it) => ({ ...it, accentColor: 'teal' })],
  ])('%s is refused', (_what, change) => {
    expect(manifestRules.safeParse(change(made)).success).toBe(false);
  });
});

describe('what cannot be packed is said', () => {
  test.each([
    [{ appId: 'not-an-id' }, 'Teams would refuse id'],
    [{ publicUrl: 'http://localhost:3000' }, 'PUBLIC_URL must begin with https://'],
    [{ publicUrl: 'https://localhost' }, 'PUBLIC_URL must begin with https://'],
    [{ publicUrl: 'https://192.0.2.1' }, 'PUBLIC_URL must begin with https://'],
  ])('%o', (more, reason) => {
    const made = teamsPackage({ ...settings, ...more });
    expect(made).toMatchObject({ kind: 'refused' });
    expect(made.kind === 'refused' && made.reasons.join()).toContain(reason);
  });

  test('without an app there is nothing to pack', () => {
    const { appId: _, ...without } = settings;
    expect(teamsPackage(without)).toMatchObject({ kind: 'refused' });
  });
});

describe('the icons', () => {
  test.each(['color', 'outline'] as const)('%s has the size that Teams asks for', (which) => {
    const picture = readPng(contents().get(`${which}.png`));
    expect([picture.width, picture.height]).toEqual([ICON_SIZES[which], ICON_SIZES[which]]);
  });

  test('the outline is white or clear, with something in it', () => {
    const { points } = readPng(contents().get('outline.png'));
    const alphas = new Set<number>();
    for (let at = 0; at < points.length; at += 4) {
      expect([...points.subarray(at, at + 3)]).toEqual([255, 255, 255]);
      alphas.add(points[at + 3] ?? -1);
    }
    expect(alphas).toContain(0);
    expect(alphas).toContain(255);
  });

  test('the colour icon is filled to its edges', () => {
    const { points, width } = readPng(contents().get('color.png'));
    const corner = [...points.subarray(0, 4)];
    expect(corner).toEqual([15, 76, 82, 255]);
    expect([...points.subarray((width * width - 1) * 4)]).toEqual(corner);
  });
});

/** By the directory at the end, as everything that opens a zip does. */
function unzip(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const sum = bytes.readUInt32LE(at + 16);
    const packed = bytes.readUInt32LE(at + 20);
    const length = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('latin1', at + 46, at + 46 + length);
    expect(bytes.toString('latin1', local + 30, local + 30 + length)).toBe(name);
    const start = local + 30 + length;
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    expect(crc32(content)).toBe(sum);
    files.set(name, content);
    at += 46 + length;
  }
  return files;
}

function readPng(bytes: Buffer = Buffer.alloc(0)) {
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const length = bytes.readUInt32BE(33);
  expect(bytes.toString('latin1', 37, 41)).toBe('IDAT');
  expect(crc32(bytes.subarray(37, 41 + length))).toBe(bytes.readUInt32BE(41 + length));
  const rows = inflateSync(bytes.subarray(41, 41 + length));
  const points = Buffer.concat(
    Array.from({ length: height }, (_, row) =>
      rows.subarray(row * (width * 4 + 1) + 1, (row + 1) * (width * 4 + 1)),
    ),
  );
  return { width, height, points };
}
