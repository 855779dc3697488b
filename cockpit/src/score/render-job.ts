import { computed, signal } from '@preact/signals';
import { clearErrors, reportError } from '../state/errors.ts';
import { cancelJob, render } from '../wire/daemon.ts';
import { streamEvents } from '../wire/event-stream.ts';
import { asFailure, isAbort } from '../wire/failure.ts';
import { authFetch } from '../wire/http.ts';
import type { RenderEvent, RenderResult } from '../wire/types.ts';
import { renderConfigOf, scoreOf, type ScoreDocument } from './model/document.ts';
import { saved } from './store.ts';

const ACTION = 'Rendering';
const CANCEL_AGAIN_MS = 100;

export type JobState =
  | { readonly state: 'idle' }
  | { readonly state: 'queued'; readonly jobId: string; readonly position: number }
  | { readonly state: 'rendering'; readonly jobId: string; readonly fraction: number }
  | { readonly state: 'done'; readonly elapsedMs: number }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly code: string };

export const job = signal<JobState>({ state: 'idle' });
const runningJobId = computed(() => ('jobId' in job.value ? job.value.jobId : undefined));
export const jobRuns = computed(() => runningJobId.value !== undefined);
export const lastResult = signal<RenderResult | undefined>(undefined);
/** The document of the last result: what is heard is old once the score has moved on. */
export const renderedDocument = signal<ScoreDocument | undefined>(undefined);
export const resultIsOld = computed(() => renderedDocument.value !== undefined && renderedDocument.value !== saved.value);

/** Renders the score into the `last` slot. Answers whether it worked; failures are shown, a cancel is not one. */
export async function renderScore(): Promise<boolean> {
  if (jobRuns.value) return false;
  const document = saved.value;
  const jobId = `job_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const stream = new AbortController();
  const started = performance.now();
  job.value = { state: 'queued', jobId, position: 1 };
  void followJob(jobId, stream.signal);
  try {
    const request = { score: scoreOf(document), config: renderConfigOf(document.engine) };
    lastResult.value = await render(request, jobId);
    renderedDocument.value = document;
    job.value = { state: 'done', elapsedMs: performance.now() - started };
    clearErrors(ACTION);
    return true;
  } catch (problem) {
    const failure = asFailure(problem);
    if (failure.code === 'RENDER_CANCELLED') {
      job.value = { state: 'cancelled' };
    } else {
      job.value = { state: 'failed', code: failure.code };
      reportError(ACTION, failure);
    }
    return false;
  } finally {
    stream.abort();
  }
}

/** Cancels what runs. Right after the start the daemon may not know the job yet, as it still reads the score: asked again until it does. */
export async function cancelRender(): Promise<void> {
  const jobId = runningJobId.value;
  while (jobId !== undefined && runningJobId.value === jobId) {
    try {
      await cancelJob(jobId);
      return;
    } catch (problem) {
      if (asFailure(problem).code !== 'JOB_NOT_FOUND') {
        reportError('Cancelling', problem);
        return;
      }
      await new Promise((resolve) => { setTimeout(resolve, CANCEL_AGAIN_MS); });
    }
  }
}

/** Progress is a courtesy: when the stream fails the render goes on without it. */
async function followJob(jobId: string, signal: AbortSignal): Promise<void> {
  try {
    const response = await authFetch(`render/events?jobId=${jobId}`, { signal, headers: { Accept: 'text/event-stream' } });
    if (response.body === null) return;
    for await (const { data } of streamEvents(response.body)) {
      if (!jobRuns.value) return;
      show(JSON.parse(data) as RenderEvent, jobId);
    }
  } catch (problem) {
    if (!isAbort(problem)) console.warn('No progress of this render:', asFailure(problem).message);
  }
}

function show(event: RenderEvent, jobId: string): void {
  if (event.jobId !== jobId) return;
  switch (event.type) {
    case 'queued':
      job.value = { state: 'queued', jobId, position: event.position };
      break;
    case 'started':
      job.value = { state: 'rendering', jobId, fraction: 0 };
      break;
    case 'progress':
      job.value = { state: 'rendering', jobId, fraction: event.progress.fraction };
      break;
    case 'done':
    case 'failed':
    case 'cancelled':
      // The answer of the POST says the same and more.
      break;
  }
}
