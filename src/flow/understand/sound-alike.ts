/**
 * Words spelt as they sound: "lites" for "lights", "fone" for "phone". English only. What merely
 * sounds alike is a reason to ask "did you mean", never enough to decide.
 */

const AS_IT_SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/igh/g, 'i'],
  [/gh/g, ''],
  [/ph/g, 'f'],
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/qu/g, 'kw'],
  [/x/g, 'ks'],
  [/c(?=[eiy])/g, 's'],
  [/ck|c/g, 'k'],
  [/z/g, 's'],
  [/(?<=.)e/g, ''],
  [/(.)\1+/g, '$1'],
];

/** A plain spelling of the sound; undefined for what is too short to tell or not English letters. */
export function soundOf(word: string): string | undefined {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return undefined;
  let sound = word;
  for (const [spelling, plain] of AS_IT_SOUNDS) sound = sound.replace(spelling, plain);
  return sound.length < 3 ? undefined : sound;
}
