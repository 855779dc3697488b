import { commitMismatch, dismissMismatch, loadAnyway, rerenderNow } from '../bank/open-score.ts';
import { health } from '../state/health.ts';
import { brokenPresets, loadPresets, noVoices } from '../state/presets.ts';
import { daemonOrigin } from '../wire/http.ts';

/** Conditions that stay until they are cured. */
export function Banners() {
  const mismatch = commitMismatch.value;
  return (
    <div class="notices">
      {health.value.state === 'offline' && <OfflineNotice />}
      {mismatch !== undefined && (
        <div id="commit-mismatch" class="notice" role="status">
          <div class="notice-text">
            <strong>“{mismatch.name}” was rendered by another version</strong>
            <div class="hint">
              Commit <code>{mismatch.renderCommit}</code> then, <code>{mismatch.daemonCommit}</code> now: it may sound different.
            </div>
          </div>
          <button type="button" class="button" onClick={loadAnyway}>Load anyway</button>
          <button type="button" class="button primary" onClick={rerenderNow}>Re-render now</button>
          <button type="button" class="button quiet" onClick={dismissMismatch}>Dismiss</button>
        </div>
      )}
      {noVoices.value && (
        <div id="no-voices" class="notice" role="status">
          <div class="notice-text">
            <strong>No voices on server</strong>
            <div class="hint">
              PRESET_DIR is wrong or empty. Deploy again with presets/ populated, or build a voice with build-preset.
            </div>
          </div>
          <button type="button" class="button" onClick={() => void loadPresets()}>Look again</button>
        </div>
      )}
      {brokenPresets.value.length > 0 && (
        <div class="notice" role="status">
          <div class="notice-text">
            <strong>{brokenPresets.value.length === 1 ? 'A voice' : `${brokenPresets.value.length} voices`} cannot be read</strong>
            {brokenPresets.value.map((preset) => (
              <div key={preset.id} class="hint"><code>{preset.id}</code> {preset.error}</div>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

/** A daemon that answers elsewhere but not here is one of another origin, which it has to allow. */
function OfflineNotice() {
  const elsewhere = daemonOrigin !== location.origin;
  return (
    <div id="offline" class="notice error" role="status">
      <div class="notice-text">
        <strong>The daemon does not answer at {daemonOrigin}</strong>
        <div class="hint">
          Check that it runs, its log, and that PORT is correct. This page looks again every 5 s.
          {elsewhere && <> If <code>{daemonOrigin}/api/health</code> answers in curl, set ALLOWED_ORIGIN on the daemon to <code>{location.origin}</code>.</>}
        </div>
      </div>
    </div>
  );
}
