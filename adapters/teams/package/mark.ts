/**
 * The mark of Heard, a speech bubble with a tick, drawn as points: the same shape as `mark.svg` of
 * the pages. Teams asks for it in colour, and in white alone.
 */
import type { Picture } from './png.ts';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

export const BRAND = '#0f4c52';
const BRAND_COLOUR: Colour = [15, 76, 82, 255];
const WHITE: Colour = [255, 255, 255, 255];
const CLEAR: Colour = [255, 255, 255, 0];

/** Teams keeps to the middle of it where it cuts the corners off. */
export function colourIcon(): Picture {
  return draw(192, { margin: 40, ground: BRAND_COLOUR, bubble: WHITE, tick: BRAND_COLOUR });
}

/** White and clear, nothing else: Teams colours it. */
export function outlineIcon(): Picture {
  return draw(32, { margin: 1, ground: CLEAR, bubble: WHITE, tick: CLEAR });
}

interface Look {
  readonly margin: number;
  readonly ground: Colour;
  readonly bubble: Colour;
  readonly tick: Colour;
}

/** Each point is the mean of this many by this many within it, so that edges are smooth. */
const FINE = 4;
/** The square that the shapes below are written in. */
const SIDE = 32;

function draw(size: number, look: Look): Picture {
  const points = Buffer.alloc(size * size * 4);
  const scale = SIDE / (size - 2 * look.margin);
  const at = (pixel: number, part: number) => (pixel - look.margin + (part + 0.5) / FINE) * scale;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const seen: Colour[] = [];
      for (let y = 0; y < FINE; y += 1)
        for (let x = 0; x < FINE; x += 1) seen.push(colourAt(at(column, x), at(row, y), look));
      points.set(mean(seen), (row * size + column) * 4);
    }
  return { size, points };
}

function colourAt(x: number, y: number, { ground, bubble, tick }: Look): Colour {
  if (isInTick(x, y)) return tick;
  return isInBubble(x, y) ? bubble : ground;
}

function isInBubble(x: number, y: number): boolean {
  const inOval = ((x - 16) / 14) ** 2 + ((y - 15) / 12) ** 2 <= 1;
  return inOval || isInTriangle(x, y, [5.3, 22], [4.3, 30.4], [13, 26]);
}

function isInTick(x: number, y: number): boolean {
  const thick = 1.6;
  return (
    distance(x, y, [9.5, 15.3], [14, 19.8]) <= thick ||
    distance(x, y, [14, 19.8], [22.5, 10.8]) <= thick
  );
}

type Point = readonly [x: number, y: number];

/** From a point to a line between two others. */
function distance(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const near = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - ax - near * (bx - ax), y - ay - near * (by - ay));
}

function isInTriangle(x: number, y: number, a: Point, b: Point, c: Point): boolean {
  const side = ([px, py]: Point, [qx, qy]: Point) => (qx - px) * (y - py) - (qy - py) * (x - px);
  const sides = [side(a, b), side(b, c), side(c, a)];
  return sides.every((one) => one >= 0) || sides.every((one) => one <= 0);
}

/** What is clear has no colour to give. */
function mean(colours: readonly Colour[]): number[] {
  const alpha = colours.reduce((sum, [, , , one]) => sum + one, 0);
  const channel = (which: 0 | 1 | 2) =>
    alpha === 0
      ? 255
      : Math.round(colours.reduce((sum, one) => sum + one[which] * one[3], 0) / alpha);
  return [channel(0), channel(1), channel(2), Math.round(alpha / colours.length)];
}
