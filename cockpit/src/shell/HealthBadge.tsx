import { health } from '../state/health.ts';

export function HealthBadge() {
  const now = health.value;
  const [tone, text] = now.state === 'online' ? ['ok', `Daemon ${now.version}`]
    : now.state === 'offline' ? ['bad', 'Daemon Offline'] : ['', 'Connecting'];
  return <span id="health-badge" class={`badge ${tone}`} role="status">{text}</span>;
}
