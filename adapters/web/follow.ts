/** Takes the number that somebody leaves to hear what happened. It is never echoed into an address. */
import type { Request, Response } from 'express';
import { type ChatPages, chatPath } from './chat-pages.ts';
import type { Desk } from './desk.ts';
import { parseForm } from './form.ts';
import type { Problems } from './problems.ts';
import type { Sessions } from './session.ts';

const STATUS = { 'bad-number': 422, 'too-many': 429 } as const;

export function createFollow(parts: {
  readonly desk: Desk;
  readonly pages: ChatPages;
  readonly problems: Problems;
  readonly sessions: Sessions;
}) {
  const { desk, pages, problems, sessions } = parts;
  return async function follow(
    request: Request<{ keyword: string }>,
    response: Response,
  ): Promise<void> {
    const number = parseForm(request.body)?.get('number')?.trim();
    if (number === undefined || number.length > 100) {
      return problems.show(request, response, 'unread');
    }
    const card = await desk.card(request.params.keyword);
    if (card === undefined) return problems.show(request, response, 'no-chat');
    const address = sessions.read(request);
    const current = address === undefined ? undefined : await desk.current(address);
    // Only where the form was offered: to a person who took part, where texting is on.
    const offered = current?.outcomeUrl !== undefined && card.textNumber !== undefined;
    if (address === undefined || current === undefined || !offered) {
      return response.redirect(303, chatPath(card.keyword));
    }
    const result = await desk.follow(address, number);
    if (result === 'kept') {
      return response.redirect(303, `${chatPath(card.keyword)}?follow=kept#follow`);
    }
    const spoken = (await desk.card(card.keyword, current.language)) ?? card;
    response.status(STATUS[result]).send(pages.chat(spoken, current, { result, number }));
  };
}
