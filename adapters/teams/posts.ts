/**
 * Puts what everyone in a chat may see into it. A post that Teams does not take is noted and left:
 * the others still go.
 */
import type { Post } from '../../src/shared-chat.ts';
import { cardMessage, type OutgoingActivity } from './card-json.ts';
import { issueCard } from './issue-card.ts';
import { postPatiently } from './patience.ts';
import type { Reference } from './reference.ts';
import { baseCard, MOST_REFRESHED } from './shared-card.ts';
import { statementActivity } from './statement.ts';
import type { TeamsParts } from './teams-parts.ts';

export async function postAll(
  parts: TeamsParts,
  place: Reference,
  posts: readonly Post[],
): Promise<void> {
  for (const post of posts) {
    const outcome = await postPatiently(parts, place, await postActivity(parts, place, post));
    if (outcome.kind !== 'accepted')
      parts.ports.log.warn('a post could not be put into its chat', {
        channel: 'teams',
        kind: outcome.kind,
        ...('reason' in outcome ? { reason: outcome.reason } : {}),
      });
  }
}

async function postActivity(
  { connector, settings }: TeamsParts,
  place: Reference,
  post: Post,
): Promise<OutgoingActivity> {
  switch (post.kind) {
    case 'statement':
      return statementActivity(post.text, post.language);
    case 'consultation': {
      const members = await connector.members(place, MOST_REFRESHED);
      const card = baseCard(post.card, members);
      return cardMessage(card, settings.organisation);
    }
    case 'issue':
      return cardMessage(issueCard(post.issue), settings.organisation);
  }
}
