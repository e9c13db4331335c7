/** What is wrong with the writing of a file, in words for somebody who has never heard of YAML. */
import type { YAMLError } from 'yaml';

export function yamlInPlainWords(code: YAMLError['code'], from: string): string {
  const said = from.split('\n')[0]?.trim() ?? '';
  switch (code) {
    case 'DUPLICATE_KEY':
      return `"${said.split(':')[0]?.replaceAll('"', '') ?? ''}" stands here twice. Take one of them away.`;
    case 'TAB_AS_INDENT':
      return 'This line begins with a tab. Use spaces.';
    case 'MISSING_CHAR':
      return 'Something is missing at the end: a closing quotation mark, or a colon after a name.';
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'There is a second colon in this line, or the next line stands too far to the right. Put quotes around a text with a colon in it.';
    case 'BAD_INDENT':
      return 'A closing ] or } is missing, or the spaces before this line are not right.';
    case 'BAD_SCALAR_START':
      return `Put quotes around a text that begins with "${said.slice(0, 1)}".`;
    case 'BAD_DQ_ESCAPE':
      return 'Inside double quotation marks a \\ means something special. Write \\\\ for a plain one.';
    case 'MULTIPLE_DOCS':
      return 'A line of three dashes begins a second document. Keep one document in a file.';
    case 'RESOURCE_EXHAUSTION':
      return 'This is nested too deeply to be read.';
    case 'BAD_ALIAS':
    case 'ALIAS_PROPS':
      return 'Write the text out here: a reference with * is not allowed.';
    default:
      return 'This cannot be read. Look at the spaces at the beginning of the line, the colons and the quotation marks.';
  }
}
