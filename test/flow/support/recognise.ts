/** The command that a whole message is, with the program's own words in all their languages. */
import { recogniseCommand } from '../../../src/flow/commands.ts';
import { words } from '../../support/checked-flow.ts';

export function recognise(text: string): string | undefined {
  return recogniseCommand(text, words.vocabulary)?.command;
}
