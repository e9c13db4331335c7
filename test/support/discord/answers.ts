/** What the stand-in's REST API answers a call. */

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Body = Record<string, unknown>;
export type Act = (body: Body) => Answer;

export const NOT_FOUND: Answer = { status: 404, body: { code: 0, message: '404: Not Found' } };
export const UNAUTHORIZED: Answer = {
  status: 401,
  body: { code: 0, message: '401: Unauthorized' },
};
export const UNKNOWN_WEBHOOK: Answer = {
  status: 404,
  body: { code: 10015, message: 'Unknown Webhook' },
};
export const UNKNOWN_MESSAGE: Answer = {
  status: 404,
  body: { code: 10008, message: 'Unknown Message' },
};
export const UNKNOWN_INTERACTION: Answer = {
  status: 404,
  body: { code: 10062, message: 'Unknown interaction' },
};
export const ALREADY_ACKNOWLEDGED: Answer = {
  status: 400,
  body: { code: 40060, message: 'Interaction has already been acknowledged.' },
};
export const INVALID_FORM: Answer = {
  status: 400,
  body: { code: 50035, message: 'Invalid Form Body' },
};
