/** Everyday words one letter away from a word of the rules: they are meant as they stand. */
export const ordinaryWords: ReadonlySet<string> = new Set(
  `starting staring started parking barking`.split(' '),
);
