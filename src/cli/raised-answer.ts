/** `heard raised answer ID`: writes an officer's answer, and posts it in the chat that it came from. */
import { readFile } from 'node:fs/promises';
import type { World } from '../conversation/world.ts';
import { isoDay } from '../platform/calendar.ts';
import { type Answered, answer } from '../raised/answer.ts';
import { type AnswerStatus, type Issue, isClosed } from '../raised/issues.ts';
import { beginsLines } from './local-moment.ts';
import type { CommandResult } from './output.ts';
import { issueJson } from './raised-list.ts';
import { ANSWER_STATUSES, inWords, readAnswerStatus } from './raised-status.ts';
import { runInHeard } from './run-in-heard.ts';

export interface RaisedAnswerOptions {
  readonly status: string;
  readonly textFile: string;
  readonly owner?: string;
  readonly by?: string;
}

const LONGEST_TEXT = 1000;
const LONGEST_OWNER = 60;
/** "No." is not a why. */
const SHORTEST_WHY = 20;

export async function raisedAnswerCommand(
  id: string,
  options: RaisedAnswerOptions,
): Promise<CommandResult> {
  const status = readAnswerStatus(options.status);
  if (!status) return { kind: 'wrong-usage', reasons: [`--status is one of: ${ANSWER_STATUSES}.`] };
  const text = await readText(options.textFile);
  if (text === undefined) {
    return refused(`There is no file "${options.textFile}" that can be read.`);
  }
  const owner = options.owner?.trim().replace(/\s+/gu, ' ');
  const problems = [...textProblems(text, status), ...ownerProblems(owner)];
  if (problems.length > 0) return { kind: 'refused', reasons: problems };
  return runInHeard(async ({ world }) => {
    const today = isoDay(world.ambient.now(), world.installation.timeZone);
    const dayProblems = options.by === undefined ? [] : dueProblems(options.by, status, today);
    if (dayProblems.length > 0) return { kind: 'refused', reasons: dayProblems };
    const answered = await answer(world, {
      issue: id,
      status,
      text,
      actor: 'command line',
      ...(owner === undefined ? {} : { owner }),
      ...(options.by === undefined ? {} : { by: options.by }),
    });
    return resultOf(world, answered, today);
  });
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').trim();
  } catch {
    return undefined;
  }
}

function textProblems(text: string, status: AnswerStatus): readonly string[] {
  if (text === '') return ['The file is empty. Write what you answer.'];
  if ([...text].length > LONGEST_TEXT) {
    return [`The answer is too long: ${LONGEST_TEXT} characters at most.`];
  }
  if (status === 'no' && [...text].length < SHORTEST_WHY) {
    return ['Say why it is a no: the young people who raised it read this.'];
  }
  return [];
}

function ownerProblems(owner: string | undefined): readonly string[] {
  if (owner === undefined) return [];
  if (owner === '') return ['--owner is empty. Name a team or a role.'];
  const tooLong = [...owner].length > LONGEST_OWNER;
  return tooLong ? [`--owner is too long: ${LONGEST_OWNER} characters at most.`] : [];
}

function dueProblems(by: string, status: AnswerStatus, today: string): readonly string[] {
  if (!isDay(by)) return ['--by: write the day as year-month-day, such as "2027-01-28".'];
  if (isClosed(status)) return [`--by: after "${inWords(status)}" nothing more is due.`];
  return by < today ? ['--by: that day has passed.'] : [];
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

async function resultOf(world: World, answered: Answered, today: string): Promise<CommandResult> {
  switch (answered.kind) {
    case 'unknown':
      return refused('Nothing with that id was raised. "heard raised list --all" shows all.');
    case 'done':
      return refused('It is done. Only more about what was done can be added: --status done.');
    case 'again':
      return refused('This answer was given before. Change it to give it again.');
    case 'answered': {
      const { issue, postedTo } = answered;
      const held = postedTo !== undefined && (await isHeldByTrial(world, issue, postedTo));
      return {
        kind: 'done',
        json: { ...issueJson(issue, today), posted: postedTo !== undefined && !held },
        lines: [
          `${issue.id} is now: ${inWords(issue.status)}.`,
          ...openLines(issue),
          ...(held ? [HELD_BY_TRIAL] : postLines(world, postedTo)),
        ],
      };
    }
  }
}

/** Young people are told who has it and by when they hear more; where nobody said so, the officer is. */
function openLines({ status, owner, dueOn }: Issue): readonly string[] {
  if (isClosed(status)) return [];
  return [
    ...(owner === undefined ? ['Nobody has it yet: --owner names a team or a role.'] : []),
    ...(dueOn === undefined ? ['There is no date for the next answer: --by sets one.'] : []),
  ];
}

const HELD_BY_TRIAL =
  'Trial mode: it is written down but not posted. Only chats on the guest list get posts ("heard guest add discord:chat:ID").';

async function isHeldByTrial(
  { sending, contacts, pool }: World,
  { chatId }: Issue,
  channel: 'discord' | 'teams',
): Promise<boolean> {
  if (chatId === undefined || !sending.guestsOnly.has(channel)) return false;
  return !(await contacts.guestsAmong(pool, [chatId])).has(chatId);
}

function postLines(world: World, channel: 'discord' | 'teams' | undefined): readonly string[] {
  if (channel === undefined) {
    return ['It is written down but not posted: the chat that it came from is gone.'];
  }
  const off = world.channels.has(channel) ? [] : [`It waits: ${channel} is not set up here.`];
  const now = world.ambient.now();
  return [
    'It goes to the chat that it came from.',
    ...beginsLines(undefined, 'under-18', now, world.sending.hours),
    ...off,
  ];
}

function refused(reason: string): CommandResult {
  return { kind: 'refused', reasons: [reason] };
}
