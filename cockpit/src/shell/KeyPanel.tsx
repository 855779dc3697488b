import { useRef } from 'preact/hooks';
import { authToken, clearToken, keyPanelOpen, saveToken, unauthorized } from '../state/auth.ts';
import { Dialog } from '../ui/Dialog.tsx';

/** Saves the daemon's key in this browser. Opened from the header and by the first 401. */
export function KeyPanel({ onChanged }: { onChanged: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const close = (): void => { keyPanelOpen.value = false; };
  const save = (): void => {
    saveToken(input.current?.value ?? '');
    close();
    onChanged();
  };
  return (
    <Dialog title="API Key" open={keyPanelOpen.value} onClose={close}>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); save(); }}>
        {unauthorized.value && (
          <p role="alert">{authToken.value === '' ? 'This daemon asks for a key.' : 'The daemon rejected the saved key.'} Paste the value of its AUTH_TOKEN, or your key of AUTH_KEYS.</p>
        )}
        <label class="field">
          <span class="field-label">Key</span>
          <input ref={input} id="api-key" class="input" type="password" autocomplete="off" spellcheck={false} autofocus
            defaultValue={authToken.value} />
        </label>
        <p class="hint">
          Kept in this browser only. Sent as a bearer with every request, and as <code>?token=</code> to the sockets.
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => {
            clearToken();
            if (input.current !== null) input.current.value = '';
            onChanged();
          }}>Clear</button>
          <button type="submit" class="button primary">Save</button>
        </div>
      </form>
    </Dialog>
  );
}
