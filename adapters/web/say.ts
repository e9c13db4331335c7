/**
 * Takes one posted form: begins a conversation or carries one event into it, and answers with the
 * page (by way of a redirect, so that a reload asks nothing twice) or with the parts of it that an
 * open page needs.
 */
import type { Request, Response } from 'express';
import type { InboundEvent, Receive } from '../../src/channel.ts';
import type { Prompt } from '../../src/flow/prompt.ts';
import { type ChatPages, chatPath } from './chat-pages.ts';
import type { Card, Current, Desk } from './desk.ts';
import { parseForm } from './form.ts';
import { tellWhatBecameOf } from './handing-over.ts';
import type { Problems } from './problems.ts';
import type { Sessions } from './session.ts';
import { messageId, readSubmission } from './submission.ts';
import { wantsParts } from './wants-parts.ts';

interface SayParts {
  readonly desk: Desk;
  readonly receive: Receive;
  readonly pages: ChatPages;
  readonly problems: Problems;
  readonly sessions: Sessions;
}

type ChatRequest = Request<{ keyword: string }>;

export function createSay({ desk, receive, pages, problems, sessions }: SayParts) {
  return async function say(request: ChatRequest, response: Response): Promise<void> {
    const form = parseForm(request.body);
    const submission = form === undefined ? undefined : readSubmission(form);
    if (submission === undefined || submission.kind === 'unreadable') {
      return problems.show(request, response, 'unread');
    }
    const card = await desk.card(request.params.keyword);
    if (card === undefined) return problems.show(request, response, 'no-chat');
    if (submission.kind === 'begin') {
      const language = submission.language === undefined ? {} : { language: submission.language };
      return begin(request, response, card, submission.id, language);
    }
    const address = sessions.read(request);
    if (address === undefined) return gone(request, response, card);
    await carry(request, response, card, address, submission.id, submission.event);
  };

  async function begin(
    request: ChatRequest,
    response: Response,
    card: Card,
    id: string,
    language: { readonly language?: string },
  ): Promise<void> {
    const known = sessions.read(request);
    const current = known === undefined ? undefined : await desk.current(known);
    if (current !== undefined && !current.ended) {
      return response.redirect(303, chatPath(current.keyword));
    }
    if (card.state === 'closed') return response.redirect(303, chatPath(card.keyword));
    // A session that the program has forgotten gets a new token, not its old one back.
    const address = known !== undefined && current !== undefined ? known : sessions.begin(response);
    const event: InboundEvent = { kind: 'join', keyword: card.keyword, ...language };
    await carry(request, response, card, address, id, event);
  }

  async function carry(
    request: ChatRequest,
    response: Response,
    card: Card,
    address: string,
    id: string,
    event: InboundEvent,
  ): Promise<void> {
    const receipt = await receive({
      channel: 'web',
      address,
      messageId: messageId(address, id, event),
      event,
    });
    tellWhatBecameOf(response, receipt);
    const current = await desk.current(address);
    if (current !== undefined && !wantsParts(request)) {
      return response.redirect(303, chatPath(card.keyword));
    }
    const prompts = receipt.kind === 'reply' ? receipt.prompts : current?.prompts;
    if (prompts === undefined) return gone(request, response, card);
    // After STOP nothing is kept that a page could show again: its last words are said here.
    const said: Current = current ?? lastWords(card, prompts);
    const spoken = (await desk.card(card.keyword, said.language)) ?? card;
    if (!wantsParts(request)) response.send(pages.chat(spoken, said));
    else response.json({ ...pages.fragments(spoken, { ...said, prompts }), over: !current });
  }
}

function lastWords(card: Card, prompts: readonly Prompt[]): Current {
  const language = prompts.at(-1)?.language ?? card.language;
  return { keyword: card.keyword, prompts, ended: true, language };
}

/** The conversation is not here any more: the page must start afresh. */
function gone(request: Request, response: Response, card: Card): void {
  if (wantsParts(request)) response.status(409).json({ gone: true });
  else response.redirect(303, chatPath(card.keyword));
}
