/**
 * A flow that is ready to run: the officer's document, checked and compiled. Everything that costs
 * time (folding labels, type-checking conditions, finding the longest way to the end) has been done
 * here once, so that a turn never does it again. A compiled flow is immutable and shared by every
 * conversation on that version.
 */
import type { Condition } from './condition.ts';
import type { Localised, QuestionKind } from './values.ts';
import type { Words } from './words.ts';

export interface Flow {
  readonly id: string;
  readonly version: number;
  readonly languages: readonly string[];
  readonly title: Localised;
  readonly quietName: Localised;
  readonly keyword: string;
  readonly ages?: readonly [number, number];
  readonly promise?: FlowPromise;
  readonly privacy: { readonly safeguarding: 'sealed' | 'opt_in'; readonly keepPartial: boolean };
  readonly expiresAfterMs: number;
  readonly reminderAfterMs?: number;
  readonly start: string;
  readonly steps: ReadonlyMap<string, Step>;
  /** Questions asked last, before the ending statement: ids of steps in `steps`. */
  readonly aboutYou: readonly string[];
  /** True when the flow's first step is the reserved question `consent`. */
  readonly asksConsent: boolean;
  /** The program's own sentences, filled for this installation. */
  readonly words: Words;
  readonly installation: Installation;
}

export interface FlowPromise {
  readonly asks: Localised;
  readonly canChange: Localised;
  readonly cannotChange: Localised;
  readonly decides: Localised;
  readonly success?: Localised;
  readonly level: 'informing' | 'consultation' | 'engagement' | 'co-design' | 'co-production';
  /** ISO date, the day by which people hear back. */
  readonly feedbackBy: string;
}

/** What the sentences need to know about the council that runs this installation. */
export interface Installation {
  readonly organisation: string;
  readonly timeZone: string;
  readonly coolingOffHours: number;
  /** Whether a safeguarding lead's key is set: no sentence mentions a lead without it. */
  readonly hasSafeguardingLead: boolean;
  /** Public address without a trailing slash. */
  readonly publicUrl: string;
  /** The number to text, in national form, where SMS is on. */
  readonly textNumber?: string;
}

export type Step = Question | Statement;

export interface Question {
  readonly type: 'question';
  readonly id: string;
  readonly kind: QuestionKind;
  readonly text: Localised;
  readonly sorry?: Localised;
  /** In order. yes_no has `yes` and `no`; scale has `1`..`n`; number and text have none. */
  readonly options: readonly Option[];
  /** choose_many: most choices; rank: how many places; otherwise 1. */
  readonly max: number;
  readonly scale?: {
    readonly points: 3 | 5 | 7;
    readonly faces: boolean;
    readonly low?: Localised;
    readonly high?: Localised;
  };
  /** number: bounds, inclusive. */
  readonly bounds?: { readonly min?: number; readonly max?: number };
  /** text: most characters kept. */
  readonly maxLength: number;
  readonly skippable: boolean;
  readonly retries: number;
  readonly onFailure?: string;
  readonly next: readonly Branch[];
  /** Questions on the longest way from here to the end, this one included; undefined in a cycle. */
  readonly longest?: number;
}

export interface Statement {
  readonly type: 'statement';
  readonly id: string;
  readonly say: Localised;
  readonly end: boolean;
  readonly next: readonly Branch[];
}

export interface Option {
  readonly id: string;
  readonly label: Localised;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

export interface Branch {
  readonly when?: Condition;
  readonly go: string;
}
