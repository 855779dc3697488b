package dev.cantora.daemon.bank;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names a stored render. The id {@code last} means another render for every principal, so its key holds the owner.
 *
 * @param id of the pattern {@code [A-Za-z0-9_-]{1,64}}
 * @param lastOf whose slot it is, only for the id {@code last}; null there means the slot that a store of the reference
 *     implementation left behind, which belongs to nobody
 */
public record RenderKey(String id, String lastOf) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Id of the slot that holds each principal's latest render. */
  public static final String LAST = "last";

  /** The slot of stores that know no principals. */
  public static final RenderKey UNOWNED_LAST = new RenderKey(LAST, null);

  public RenderKey {
    if (!wellFormed(id)) {
      throw new IllegalArgumentException("not a render id");
    }
    if (lastOf != null && !id.equals(LAST)) {
      throw new IllegalArgumentException("only the last slot belongs to a principal by key");
    }
  }

  /** Key of a render with an id of its own. */
  public static RenderKey of(String id) {
    return new RenderKey(id, null);
  }

  public static RenderKey last(String principalId) {
    return new RenderKey(LAST, Objects.requireNonNull(principalId));
  }

  /** Whether a text can be a render id at all; traversal segments cannot. */
  public static boolean wellFormed(String id) {
    return id != null && ID.matcher(id).matches();
  }

  public boolean isLast() {
    return id.equals(LAST);
  }
}
