package dev.cantora.daemon.security;

import java.util.List;
import java.util.Set;

/** Origins that browsers may call from. An empty list means no CORS headers at all. */
public final class Origins {
  private final Set<String> allowed;

  public Origins(List<String> allowed) {
    this.allowed = Set.copyOf(allowed);
  }

  /** Exact comparison; null is never allowed. */
  public boolean allows(String origin) {
    return origin != null && allowed.contains(origin);
  }

  /** Whether answers depend on the Origin header at all. */
  public boolean vary() {
    return !allowed.isEmpty();
  }
}
