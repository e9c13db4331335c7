import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawerOn } from '../../src/cli/draw-in-place.ts';

/** As much of a terminal as the drawing uses; a line that is too wide goes on in the next row. */
function terminal(columns: number, rows: number) {
  let [width, height] = [columns, rows];
  let screen: string[] = [''];
  let [x, y] = [0, 0];
  let lost = 0;
  const newLine = (): void => {
    y += 1;
    x = 0;
    screen[y] ??= '';
    if (screen.length > height) {
      screen.shift();
      y -= 1;
      lost += 1;
    }
  };
  const put = (character: string): void => {
    if (x === width) newLine();
    screen[y] =
      (screen[y] ?? '').slice(0, x).padEnd(x) + character + (screen[y] ?? '').slice(x + 1);
    x += 1;
  };
  return {
    columns: () => width,
    rows: () => height,
    write: (text: string) => {
      for (const [, up, toEnd, below, plain] of text.matchAll(
        /\u001b\[(\d+)A|(\u001b\[K)|(\u001b\[0J)|([^\u001b])/gs,
      )) {
        if (up) y = Math.max(0, y - Number(up));
        else if (toEnd) screen[y] = (screen[y] ?? '').slice(0, x);
        else if (below) {
          screen = [...screen.slice(0, y), (screen[y] ?? '').slice(0, x)];
        } else if (plain === '\r') x = 0;
        else if (plain === '\n') newLine();
        else if (plain) put(plain);
      }
    },
    /** What stands there is wrapped anew, as most terminals do. */
    narrower: (to: number) => {
      const wrapped = screen.flatMap((line) => line.match(new RegExp(`.{1,${to}}`, 'g')) ?? ['']);
      screen = wrapped;
      y = wrapped.length - 1;
      width = to;
    },
    shown: () => screen.filter((line) => line !== ''),
    lost: () => lost,
  };
}

const BAR = '[###...........................] 12%  Invitations of PARK, sending';
const SUMS = '  120 planned = 15 accepted + 0 refused + 0 failed + 0 unknown + 105 remaining';

test('in a window that is wide enough, lines are drawn over themselves', () => {
  const on = terminal(80, 24);
  const draw = drawerOn(on);
  draw([BAR, SUMS]);
  draw([BAR, SUMS.replace('15', '16')]);
  expect(on.shown()).toEqual([BAR, SUMS.replace('15', '16')]);
});

test('in 40 columns nothing is cut off: all the sums are there', () => {
  const on = terminal(40, 24);
  const draw = drawerOn(on);
  for (let times = 0; times < 3; times++) draw([BAR, SUMS]);
  expect(on.shown()).toEqual([
    '[###...........................] 12%',
    '  Invitations of PARK, sending',
    '  120 planned = 15 accepted + 0 refused',
    '  + 0 failed + 0 unknown + 105',
    '  remaining',
  ]);
});

test('a window made narrower in between is drawn over whole', () => {
  const on = terminal(80, 24);
  const draw = drawerOn(on);
  draw([BAR, SUMS]);
  on.narrower(30);
  draw([BAR, SUMS]);
  draw([BAR, SUMS]);
  expect(on.shown().filter((line) => line.startsWith('['))).toHaveLength(1);
});

test('more lines than the window has rows show the last of them, and push nothing away', () => {
  const on = terminal(40, 4);
  const draw = drawerOn(on);
  for (let times = 0; times < 5; times++) draw(['one', 'two', 'three', 'four', 'five']);
  expect(on.shown()).toEqual(['three', 'four', 'five']);
  expect(on.lost()).toBe(0);
});

test('whatever is drawn at whatever width, the last drawing stands there once', () => {
  const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 60 }), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), lines, lines, (columns, before, now) => {
      const [on, alone] = [terminal(columns, 500), terminal(columns, 500)];
      const draw = drawerOn(on);
      draw(before);
      draw(now);
      drawerOn(alone)(now);
      expect(on.shown()).toEqual(alone.shown());
    }),
    { seed: 7 },
  );
});
