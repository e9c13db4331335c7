/** Reads lists written as "one, two words, three". */
export function byCommas(
  lists: Readonly<Record<string, string>>,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [
      name,
      list
        .split(',')
        .map((member) => member.trim())
        .filter((member) => member !== ''),
    ]),
  );
}
