/** Whether an open page asks for the parts of it that change, or a browser for a page. */
import type { Request } from 'express';

export function wantsParts(request: Request): boolean {
  return request.accepts(['html', 'json']) === 'json';
}
