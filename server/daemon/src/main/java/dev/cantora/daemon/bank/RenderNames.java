package dev.cantora.daemon.bank;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Gives new renders their id, time and name. Numbers of renders that are still being saved count as in use. */
public final class RenderNames {
  private static final String LAST_NAME = "Last Render";
  private static final int COMMIT_CHARS = 7;
  private static final int HASH_CHARS = 8;

  private final InstantSource clock;
  private final Supplier<Stream<RenderMeta>> stored;
  private final RenderIds ids = new RenderIds();
  private final Map<String, Integer> numbersBeingSaved = new HashMap<>();

  /** @param stored what the store holds now */
  public RenderNames(InstantSource clock, Supplier<Stream<RenderMeta>> stored) {
    this.clock = clock;
    this.stored = stored;
  }

  /** Meta of a new render; call {@link #settled} when it is stored or given up. */
  public RenderMeta name(NewRender render, String scoreHash, String wavHash, long charge) {
    return name(render, ids.next(clock.instant()), scoreHash, wavHash, charge);
  }

  /** The same under an id that was chosen before. */
  public RenderMeta name(NewRender render, RenderIds.Named chosen, String scoreHash, String wavHash, long charge) {
    String createdAt = chosen.createdAt();
    boolean last = render.lastOf() != null;
    String id = last ? RenderKey.LAST : chosen.id();
    String name = last ? LAST_NAME : render.name() == null ? untitled(id) : render.name();
    return new RenderMeta(id, name, createdAt, shortened(render.commit(), COMMIT_CHARS), shortened(scoreHash, HASH_CHARS),
        shortened(wavHash, HASH_CHARS), render.durationSec(), last ? render.lastOf() : render.createdBy(), null,
        render.summary(), charge, Map.of());
  }

  /** Meta of a copy under an id of its own. */
  public RenderMeta promoted(RenderMeta source, String owner, String name, long charge) {
    RenderIds.Named fresh = ids.next(clock.instant());
    String createdAt = fresh.createdAt();
    String id = fresh.id();
    return new RenderMeta(id, name == null ? untitled(id) : name, createdAt, source.commit(), source.scoreHash(),
        source.wavHash(), source.durationSec(), owner, null, source.summary(), charge, source.others());
  }

  /** Meta of the same audio and documents under another id or in a slot. @param lastOf null for an id of its own */
  public RenderMeta copied(RenderMeta source, RenderIds.Named chosen, String lastOf, String name, String createdBy) {
    String id = lastOf != null ? RenderKey.LAST : chosen.id();
    String called = lastOf != null ? LAST_NAME : name == null ? untitled(id) : name;
    return new RenderMeta(id, called, chosen.createdAt(), source.commit(), source.scoreHash(), source.wavHash(),
        source.durationSec(), lastOf != null ? lastOf : createdBy, null, source.summary(), source.sizeBytes(), source.others());
  }

  public void settled(RenderMeta meta) {
    synchronized (numbersBeingSaved) {
      numbersBeingSaved.remove(meta.id());
    }
  }

  private String untitled(String id) {
    synchronized (numbersBeingSaved) {
      int highest = stored.get().mapToInt(meta -> RenderIds.untitledNumber(meta.name())).max().orElse(0);
      for (int saving : numbersBeingSaved.values()) {
        highest = Math.max(highest, saving);
      }
      numbersBeingSaved.put(id, highest + 1);
      return RenderIds.untitled(highest + 1, id);
    }
  }

  private static String shortened(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, chars);
  }
}
