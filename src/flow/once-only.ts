/** "😀😀😀" means what "😀" does: one sign, however often it is repeated. Words are left as they are. */
export function onceOnly(text: string): string {
  const first = text.codePointAt(0);
  if (first === undefined || first < 0x2000) return text;
  const sign = String.fromCodePoint(first);
  return text.split(sign).every((between) => between.trim() === '') ? sign : text;
}
