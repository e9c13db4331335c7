/** What the operator of an installation can do from the command line, as the open pages show it. */
export interface OperatorCommand {
  readonly does: string;
  readonly command: string;
}

export const operatorCommands: readonly OperatorCommand[] = [
  {
    does: 'Check a flow before anyone sees it',
    command: 'npm run heard -- flow check flows/chesham-park.flow.yaml',
  },
  {
    does: 'Try it out in the terminal',
    command: 'npm run heard -- flow try flows/chesham-park.flow.yaml',
  },
  {
    does: 'Launch it, and invite people who said we may',
    command: 'npm run heard -- launch flows/chesham-park.flow.yaml --audience people.csv',
  },
  { does: 'See how it is going', command: 'npm run heard -- status' },
  { does: 'Release finished answers', command: 'npm run heard -- release' },
  { does: 'Read the results', command: 'npm run heard -- results ID' },
  { does: 'Close it', command: 'npm run heard -- close ID' },
  {
    does: 'Tell everyone who took part what happened',
    command: 'npm run heard -- feedback ID --text-file what-happened.txt',
  },
  {
    does: 'Let a phone of your own receive texts in trial mode',
    command: 'npm run heard -- guest add "07700 900123"',
  },
  {
    does: 'Make the safeguarding lead’s pair of keys',
    command: 'npm run heard -- safeguarding keygen',
  },
  {
    does: 'Open safeguarding cases, away from the server',
    command: 'npm run heard -- safeguarding cases --key lead.key',
  },
];
