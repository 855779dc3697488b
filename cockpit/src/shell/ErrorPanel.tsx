import { Copy, X } from 'lucide';
import { useState } from 'preact/hooks';
import { dismissError, shownErrors, type ShownError } from '../state/errors.ts';
import { Icon } from '../ui/Icon.tsx';

/** Failures, inline and in full: code, message, hint and the request id to quote. */
export function ErrorPanel() {
  return (
    <div id="error-panel" role="alert" class="notices">
      {shownErrors.value.map((shown) => <ErrorNotice key={shown.key} shown={shown} />)}
    </div>
  );
}

function ErrorNotice({ shown }: { shown: ShownError }) {
  const [copied, setCopied] = useState(false);
  const { failure } = shown;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(textOf(shown));
    setCopied(true);
  };
  return (
    <div class="notice error">
      <div class="notice-text">
        <div><span class="notice-code">{failure.code}</span> <span>{shown.action}: {failure.message}</span></div>
        {failure.issues.map((issue) => (
          <div key={issue.path} class="hint"><code>{issue.path}</code> {issue.message}</div>
        ))}
        {failure.hint !== undefined && <div class="hint">{failure.hint}</div>}
        {failure.requestId !== undefined && <div class="notice-request">Request {failure.requestId}</div>}
      </div>
      <button type="button" class="button quiet" onClick={() => void copy().catch(() => setCopied(false))}>
        <Icon node={Copy} />{copied ? 'Copied' : 'Copy'}
      </button>
      <button type="button" class="button quiet icon-only" aria-label="Dismiss" onClick={() => dismissError(shown.key)}>
        <Icon node={X} />
      </button>
    </div>
  );
}

function textOf({ action, failure }: ShownError): string {
  const issues = failure.issues.map((issue) => `${issue.path}: ${issue.message}`);
  const request = failure.requestId === undefined ? [] : [`requestId: ${failure.requestId}`];
  return [`${failure.code}: ${action}: ${failure.message}`, failure.hint, ...issues, ...request]
    .filter((line) => line !== undefined).join('\n');
}
