/**
 * What the detector may find, as closed sets, and the shape of the rules that find it. A finding
 * says how grave and of what kind; it must never carry a word of the message.
 */
export type Level = 'red' | 'amber';

export type HarmKind =
  | 'suicide'
  | 'self-harm'
  | 'physical-abuse'
  | 'sexual-abuse'
  | 'exploitation'
  | 'neglect'
  | 'domestic-violence'
  | 'threat'
  | 'missing'
  | 'honour-based'
  | 'bullying'
  | 'cry-for-help'
  | 'staff'
  /** No rule named it; taken together, the words sound like harm. */
  | 'unclear';

export interface Finding {
  /** Red: a life at risk, or harm now. Amber: everything else that somebody must look at. */
  readonly level: Level;
  readonly kind: HarmKind;
}

/** Phrases of one kind. How a phrase is written stands in phrase.ts. */
export interface RuleSet {
  readonly kind: HarmKind;
  /** The language that the phrases are in: `en` unless it says otherwise. */
  readonly language?: string;
  readonly red?: readonly string[];
  readonly amber?: readonly string[];
}
