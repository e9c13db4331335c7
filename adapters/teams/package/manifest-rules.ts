/**
 * The rules of Microsoft's published schema for app manifests, version 1.19, as far as our manifest
 * uses it, and what Teams demands beside it: secure addresses and icons of two sizes. A package that
 * breaks one would be refused when the council's administrator uploads it, so it is not written.
 */
import { z } from 'zod';

const text = (longest: number) => z.string().min(1).max(longest);
const guid = z.string().regex(/^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/);
const address = text(2048).regex(/^https:\/\//);
const scopes = z
  .array(z.enum(['team', 'personal', 'groupChat']))
  .min(1)
  .max(3);

export const manifestRules = z.strictObject({
  $schema: z.literal(
    'https://developer.microsoft.com/json-schemas/teams/v1.19/MicrosoftTeams.schema.json',
  ),
  manifestVersion: z.literal('1.19'),
  version: text(256).regex(/^\d+\.\d+\.\d+$/),
  id: guid,
  developer: z.strictObject({
    name: text(32),
    websiteUrl: address,
    privacyUrl: address,
    termsOfUseUrl: address,
  }),
  name: z.strictObject({ short: text(30), full: text(100) }),
  description: z.strictObject({ short: text(80), full: text(4000) }),
  icons: z.strictObject({ color: text(2048), outline: text(2048) }),
  accentColor: z.string().regex(/^#[0-9a-fA-F]{6}$/),
  bots: z
    .array(
      z.strictObject({
        botId: guid,
        scopes,
        supportsFiles: z.literal(false),
        isNotificationOnly: z.literal(false),
        commandLists: z
          .array(
            z.strictObject({
              scopes,
              commands: z
                .array(z.strictObject({ title: text(32), description: text(128) }))
                .max(10),
            }),
          )
          .max(3),
      }),
    )
    .length(1),
  // A name, no address: no scheme, no path, no port, and nothing that stands for many.
  validDomains: z
    .array(
      text(2048).regex(
        /^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/,
      ),
    )
    .max(16),
  defaultInstallScope: z.enum(['personal', 'team', 'groupChat', 'meetings']),
  defaultGroupCapability: z.strictObject({
    team: z.literal('bot'),
    groupchat: z.literal('bot'),
    meetings: z.literal('bot'),
  }),
});

export type Manifest = z.infer<typeof manifestRules>;

export const ICON_SIZES = { color: 192, outline: 32 } as const;
