/**
 * The key holder: the one place that keys come from. Heard runs on a folder of keys
 * (`key-folder.ts`); a key vault can stand behind the same interface. A key must never reach the
 * database, a log or an error message, and what was destroyed must stay destroyed.
 */
export interface KeyHolder {
  /** The newest address key; `addressKey(version)` for rows that an older one encrypted. */
  readonly addressKey: (version?: number) => Promise<VersionedKey>;
  readonly blindIndexKey: (version?: number) => Promise<VersionedKey>;
  /** Every version that rows may still carry, the newest first. */
  readonly blindIndexKeys: () => Promise<readonly VersionedKey[]>;
  /** Never rotated: a provider's message id must hash to the same value for 13 months. */
  readonly messageIdKey: () => Promise<Uint8Array>;
  /** Encrypts conversations and outbox bodies of that day (ISO date); made on first use. */
  readonly dayKey: (day: string) => Promise<Uint8Array>;
  /** The key of a day that may be gone: undefined once destroyed. */
  readonly existingDayKey: (day: string) => Promise<Uint8Array | undefined>;
  readonly days: () => Promise<readonly string[]>;
  readonly destroyDayKey: (day: string) => Promise<void>;
  /** Makes the pair, keeps the private half, gives the public one. */
  readonly createBatchKey: (batch: string) => Promise<Uint8Array>;
  readonly batchKeyPair: (batch: string) => Promise<KeyPair | undefined>;
  /** Whether what is sealed to this batch can ever be opened. Loads nothing. */
  readonly holdsBatchKey: (batch: string) => Promise<boolean>;
  readonly batches: () => Promise<readonly string[]>;
  readonly destroyBatchKey: (batch: string) => Promise<void>;
  /** One a consultation: made on first use. */
  readonly withdrawalKey: (consultation: string) => Promise<Uint8Array>;
  /** Consultations that have one. */
  readonly withdrawals: () => Promise<readonly string[]>;
  readonly destroyWithdrawalKey: (consultation: string) => Promise<void>;
  readonly freeTextKey: (consultation: string) => Promise<Uint8Array>;
  readonly freeTexts: () => Promise<readonly string[]>;
  readonly destroyFreeTextKey: (consultation: string) => Promise<void>;
  /** A value that only these keys give, kept in the database: keys of another one are refused. */
  readonly checkValue: () => Promise<Uint8Array>;
  /** How far the database was when it was last seen (restore-mark.ts): no key, but kept with them. */
  readonly restoreMark: () => Promise<RestoreMark | undefined>;
  readonly keepRestoreMark: (mark: RestoreMark) => Promise<void>;
  /** True while this holder has never made a key: with a database that is in use, keys were lost. */
  readonly isNew: () => Promise<boolean>;
}

/** Asked for a key that was destroyed: it is never made again. Names the key, never its value. */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}

export interface VersionedKey {
  readonly version: number;
  readonly key: Uint8Array;
}

/** How far a database had counted, and the number of its newest opt-out. */
export interface RestoreMark {
  readonly beat: number;
  readonly entry: number;
}

export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}
