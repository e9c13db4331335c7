/** What a call to the outside that broke off came to: whether it can have reached the other side. */

/** The other side could not be reached: the request never began. */
export class NotReached extends Error {}

/** Only after the first can nothing have arrived. */
export function faultOf(error: unknown): 'not-reached' | 'timeout' | 'connection-lost' {
  if (error instanceof NotReached) return 'not-reached';
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return timedOut ? 'timeout' : 'connection-lost';
}
