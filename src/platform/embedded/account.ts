/**
 * Postgres refuses to run as root. This picks the account that it runs as: ourselves, or when we
 * are root another one that already exists. It must never create accounts on somebody's machine.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Undefined: Postgres runs as ourselves. */
export function postgresAccount(clusterFolder: string): Account | undefined {
  if (process.platform === 'win32') {
    throw new Error(
      "Heard's own database runs on Linux and macOS. Set DATABASE_URL to use a Postgres server.",
    );
  }
  const owner = existsSync(clusterFolder) ? statSync(clusterFolder) : undefined;
  const self = process.getuid?.();
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Error(
        `The database in ${clusterFolder} belongs to another account. Start Heard as that account (or as root, if root started it first), or set HEARD_DATA_DIR to another folder.`,
      );
    }
    return undefined;
  }
  if (process.platform !== 'linux') {
    throw new Error(
      "Start Heard as an ordinary user: as root, Heard's own database runs on Linux only.",
    );
  }
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : unprivilegedAccount();
}

function unprivilegedAccount(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => Number.isInteger(uid) && Number.isInteger(gid) && uid > 0);
  const found = accounts.find(({ name }) => name === 'nobody') ?? accounts[0];
  if (!found) {
    throw new Error(
      'Postgres refuses to run as root and this machine has no other account. Start Heard as an ordinary user or set DATABASE_URL.',
    );
  }
  return { uid: found.uid, gid: found.gid };
}
