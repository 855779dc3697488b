import { signal } from '@preact/signals';
import { getHealth, getHealthDetailed } from '../wire/daemon.ts';

const POLL_MS = 5000;

export type Health =
  | { readonly state: 'unknown' }
  | { readonly state: 'online'; readonly version: string }
  | { readonly state: 'offline' };

export const health = signal<Health>({ state: 'unknown' });
/** The daemon's commit, when it tells it. */
export const daemonCommit = signal<string | undefined>(undefined);

/** Polls health every 5 s, and at once when the page comes back to the front. Returns the stop function. */
export function watchHealth(onOnline: () => void): () => void {
  let timer: number | undefined;
  let stopped = false;
  const poll = async (): Promise<void> => {
    window.clearTimeout(timer);
    const before = health.value.state;
    health.value = await probe();
    if (health.value.state === 'online' && before !== 'online') onOnline();
    if (!stopped) timer = window.setTimeout(() => void poll(), POLL_MS);
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') void poll();
  };
  document.addEventListener('visibilitychange', onVisible);
  void poll();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisible);
  };
}

async function probe(): Promise<Health> {
  try {
    const answer = await getHealth(AbortSignal.timeout(POLL_MS));
    if (answer.commit !== undefined) daemonCommit.value = answer.commit;
    return { state: 'online', version: answer.version };
  } catch {
    return { state: 'offline' };
  }
}

/** The commit is only in the detailed report; asked once it is needed, and again after the daemon came back. */
export async function learnCommit(): Promise<string | undefined> {
  daemonCommit.value ??= await getHealthDetailed().then((report) => report.commit, () => undefined);
  return daemonCommit.value;
}
