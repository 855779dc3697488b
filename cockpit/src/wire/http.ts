import { authToken, reportUnauthorized } from '../state/auth.ts';
import { Failure, failureOf, isAbort } from './failure.ts';

/** Where the daemon is: the page's own origin, unless the page's host names another in its meta tag. */
export const daemonOrigin: string =
  document.querySelector<HTMLMetaElement>('meta[name="cantora-daemon"]')?.content || location.origin;

/** A fetch with the saved key as bearer. A 401 opens the API key panel; every refusal is thrown as a Failure. */
export async function authFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = authToken.value;
  if (token !== '') headers.set('Authorization', `Bearer ${token}`);
  const response = await reach(path, { ...init, headers });
  if (response.ok) return response;
  if (response.status === 401) reportUnauthorized();
  throw await failureOf(response);
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${daemonOrigin}/api/v1/${path}`, init);
  } catch (problem) {
    if (isAbort(problem)) throw problem;
    throw new Failure('DAEMON_UNREACHABLE', 'The daemon did not answer.', {
      hint: 'Check that it runs, its log and its PORT. If the cockpit comes from another origin, set ALLOWED_ORIGIN.',
    });
  }
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await authFetch(path, signal === undefined ? {} : { signal });
  return (await response.json()) as T;
}

export async function sendJson<T>(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  options: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<T> {
  const init: RequestInit = { method, headers: { ...options.headers } };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...options.headers, 'Content-Type': 'application/json' };
  }
  if (options.signal !== undefined) init.signal = options.signal;
  const response = await authFetch(path, init);
  return (await response.json()) as T;
}

/** Address of a socket of the daemon; browsers cannot set headers there, so the key travels as `?token=`. */
export function socketUrl(path: string): string {
  const url = new URL(path, daemonOrigin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (authToken.value !== '') url.searchParams.set('token', authToken.value);
  return url.href;
}
