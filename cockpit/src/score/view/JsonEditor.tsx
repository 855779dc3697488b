import { useState } from 'preact/hooks';
import type { Issue } from '../../wire/types.ts';
import { documentOf, scoreOf } from '../model/document.ts';
import { checkScore } from '../model/score-check.ts';
import { edit, saved } from '../store.ts';

/** The score as JSON, live both ways: what is typed shows on the roll as soon as it is a score. */
export function JsonEditor() {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const take = (text: string): void => {
    setTyped(text);
    const found = parse(text);
    setIssues(found.issues);
    if (found.score === undefined) return;
    const { title, engine, meter } = saved.value;
    edit({ ...documentOf(found.score, title, engine), meter }, 'json');
  };
  return (
    <div class="stack">
      <label class="field">
        <span class="field-label">Score as JSON</span>
        <textarea id="score-json" class="textarea" rows={14} spellcheck={false} aria-invalid={issues.length > 0}
          value={typed ?? JSON.stringify(scoreOf(saved.value), null, 2)}
          onInput={(event) => take(event.currentTarget.value)}
          onBlur={() => issues.length === 0 && setTyped(undefined)} />
      </label>
      {issues.map((issue) => <p key={issue.path + issue.message} class="hint warning"><code>{issue.path}</code> {issue.message}</p>)}
    </div>
  );
}

function parse(text: string) {
  try {
    const checked = checkScore(JSON.parse(text));
    return 'score' in checked ? { score: checked.score, issues: [] } : { score: undefined, issues: checked.issues };
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : 'is not JSON';
    return { score: undefined, issues: [{ path: '', message }] };
  }
}
