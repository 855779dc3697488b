import { job, type JobState } from '../render-job.ts';

/** Queued (#n), Rendering n %, Done. */
export function RenderProgress() {
  const now = job.value;
  const { text, share } = describe(now);
  return (
    <div class="progress" id="render-progress">
      <span role="status">{text}</span>
      {share !== undefined && (
        <div class="bar" role="progressbar" aria-label="Render" aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}

function describe(now: JobState): { text: string; share?: number } {
  switch (now.state) {
    case 'idle':
      return { text: '' };
    case 'queued':
      return { text: `Queued (#${now.position})`, share: 0 };
    case 'rendering':
      return { text: `Rendering ${Math.round(now.fraction * 100)} %`, share: now.fraction };
    case 'done':
      return { text: `Done in ${Math.round(now.elapsedMs)} ms` };
    case 'cancelled':
      return { text: 'Cancelled' };
    case 'failed':
      return { text: `Failed: ${now.code}` };
  }
}
