/**
 * What is kept of a server, as one opaque text: the channel that its managers have chosen for posts
 * and, where they have named one, the role that may raise issues.
 */
import { SNOWFLAKE } from './discord-options.ts';

export interface ServerReference {
  readonly channelId: string;
  readonly roleId?: string;
}

export function writeReference({ channelId, roleId }: ServerReference): string {
  return roleId === undefined ? channelId : `${channelId}/${roleId}`;
}

export function readReference(reference: string | undefined): ServerReference | undefined {
  const [channelId, roleId, ...more] = reference?.split('/') ?? [];
  if (channelId === undefined || !SNOWFLAKE.test(channelId) || more.length > 0) return undefined;
  if (roleId === undefined) return { channelId };
  return SNOWFLAKE.test(roleId) ? { channelId, roleId } : undefined;
}
