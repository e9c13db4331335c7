/**
 * The app package that a council's Teams administrator uploads: the manifest and two icons in a zip.
 * It is made from the settings alone, and holds no secret.
 */
import { manifest } from './manifest.ts';
import { manifestRules } from './manifest-rules.ts';
import { colourIcon, outlineIcon } from './mark.ts';
import { png } from './png.ts';
import { zip } from './zip.ts';

export interface PackageSettings {
  readonly appId?: string;
  readonly publicUrl: string;
  readonly organisation: string;
}

export type TeamsPackage =
  | { readonly kind: 'package'; readonly content: Buffer }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export function teamsPackage({ appId, publicUrl, organisation }: PackageSettings): TeamsPackage {
  const reasons = [
    ...(appId === undefined
      ? ['Teams is not set up: TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID are missing.']
      : []),
    ...(isPublic(publicUrl)
      ? []
      : ['PUBLIC_URL must begin with https:// and a domain name: Teams opens nothing else.']),
  ];
  if (appId === undefined || reasons.length > 0) return { kind: 'refused', reasons };
  const made = manifest({ appId, publicUrl, organisation });
  const checked = manifestRules.safeParse(made);
  if (!checked.success)
    return {
      kind: 'refused',
      reasons: checked.error.issues.map(
        ({ path, message }) => `Teams would refuse ${path.join('.')}: ${message}.`,
      ),
    };
  const content = zip([
    { name: 'manifest.json', content: Buffer.from(`${JSON.stringify(made, undefined, 2)}\n`) },
    { name: made.icons.color, content: png(colourIcon()) },
    { name: made.icons.outline, content: png(outlineIcon()) },
  ]);
  return { kind: 'package', content };
}

function isPublic(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' && hostname.includes('.') && /[a-z]$/i.test(hostname);
}
