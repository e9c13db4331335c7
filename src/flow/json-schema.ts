/**
 * The JSON Schema of flow documents, for editors that help while an officer writes
 * (docs/flow.schema.json). Made from the one schema, so that the two cannot disagree.
 */
import { z } from 'zod';
import { flowDocument } from './document.ts';

/** The text of the file. `npm run schema` writes it. */
export function flowJsonSchema(): string {
  const schema = z.toJSONSchema(flowDocument, { io: 'input', reused: 'ref' });
  const titled = { title: 'Heard flow', description: 'A scripted consultation', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
