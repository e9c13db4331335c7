/**
 * Words that tell of harm and are long enough to be known with one letter wrong; and everyday words
 * that are one letter away from one of them, which are meant as they stand.
 */
export const knownWithASlip: readonly string[] = `
  abused abusing abuses abusive alone ambulance anymore assaulted attacked battered beating belittle
  blackmail blackmailed blackmailing bleeding bleeds boyfriend brother brothers bruise bruises bullied bullies
  bullying burned choked chokes choking cousin crying cutting depressed depression drowning everyone
  exploited father forced foster frightened girlfriend grabbed grandad grandfather groomed grooming
  groped hanging harmed harming hating helpless herself himself hitting homeless hopeless
  hospital hungry hurting husband killing kissed locked machete marriage married molested molesting
  myself naked nobody overdose overdosed paracetamol parents partner pictures police
  pregnant punched punches punching relapsed scared sexual sexually shouting sister sisters
  slapped slapping smacked smacking social someone stabbed stabbing starving stepdad stepfather
  stepmother stepmum strangle strangled strangles strangling struggling suffocate suffocated suicidal
  suicide swallowed tablets teacher terrified threaten threatened threatening threatens thoughts
  tonight touched touches touching trapped uncle undress unsafe violent worker worthless
`
  .split(/\s+/)
  .filter((word) => word !== '');

export const ordinaryWords: ReadonlySet<string> = new Set(
  `bother bothers putting petting hunting fathers mothers other others rather gather further faster
  poster posters coaster roster booster filling billing milling calling banging ranging changing
  hatting heating seating bearing beaming trapper wrapped strapped mapped clapped snapped flapped
  parent marred carried marry forces force horses looked cooked booked blocked clocked rocked
  worked walker workers works teach teaches reached preacher touch couch touchy shooting scouting
  spouting drowned crowning browning bleed breed breeding blending tables table tablet threats
  threat thought social socials society starting staring starring stating skating sacred scarred
  score scored polite policy hearing harming farming charming bulling pulling full bully
  wordless hospitals hospitable pregnancy partners partnered kicked picked grooms
  groom roomed grouped grouping groping attached attack stable stabled stepped hungary angry someones
  hinting sitting fitting hosting hopeful helpful homes indie naked baked cousins cuisine crying
  frying trying drying drowsing rating ratings raring chores sitter sitters formed scaled stacking
  footer forked attacker harper scales parens stalking fosters fostered fostering partly`.split(
    /\s+/,
  ),
);
