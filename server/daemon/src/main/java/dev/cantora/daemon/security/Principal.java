package dev.cantora.daemon.security;

/**
 * Who is asking.
 *
 * @param id as in the key list, {@code legacy} for AUTH_TOKEN, {@code anonymous} in open mode
 * @param admin may see and change everything
 */
public record Principal(String id, boolean admin) {

  /** Everybody, while no key is configured. */
  public static final Principal ANONYMOUS = new Principal("anonymous", true);

  /** The holder of AUTH_TOKEN. */
  public static final Principal LEGACY = new Principal("legacy", true);

  /** Whether this principal may see or change something that {@code createdBy} made; null means nobody is known. */
  public boolean mayAccess(String createdBy) {
    return admin || id.equals(createdBy);
  }
}
