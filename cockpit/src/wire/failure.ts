import type { ErrorEnvelope, Issue } from './types.ts';

/** Something the daemon refused, or a daemon that could not be reached; what the error panel shows. */
export class Failure extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly requestId: string | undefined;
  /** HTTP status, 0 when no answer came. */
  readonly status: number;
  readonly issues: readonly Issue[];

  constructor(
    code: string,
    message: string,
    facts: { hint?: string | undefined; requestId?: string | undefined; status?: number; issues?: readonly Issue[] } = {},
  ) {
    super(message);
    this.name = 'Failure';
    this.code = code;
    this.hint = facts.hint;
    this.requestId = facts.requestId;
    this.status = facts.status ?? 0;
    this.issues = facts.issues ?? [];
  }
}

export function asFailure(problem: unknown): Failure {
  if (problem instanceof Failure) return problem;
  const message = problem instanceof Error ? problem.message : String(problem);
  return new Failure('COCKPIT_ERROR', message, { hint: 'Reload the page; if it stays, report it with this text.' });
}

export function isAbort(problem: unknown): boolean {
  return problem instanceof DOMException && problem.name === 'AbortError';
}

export async function failureOf(response: Response): Promise<Failure> {
  const requestId = response.headers.get('X-Request-Id') ?? undefined;
  const envelope = await readEnvelope(response);
  if (envelope === undefined) {
    return new Failure(`HTTP_${response.status}`, `The daemon answered ${response.status} ${response.statusText}`.trim(), {
      status: response.status,
      requestId,
    });
  }
  return new Failure(envelope.code, envelope.message, {
    hint: envelope.hint,
    requestId: envelope.requestId ?? requestId,
    status: response.status,
    issues: envelope.issues ?? [],
  });
}

async function readEnvelope(response: Response): Promise<ErrorEnvelope | undefined> {
  try {
    const body: unknown = await response.json();
    return isEnvelope(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

function isEnvelope(body: unknown): body is ErrorEnvelope {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string'
    && 'message' in body && typeof body.message === 'string';
}
