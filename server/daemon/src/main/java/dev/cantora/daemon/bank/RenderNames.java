package dev.cantora.daemon.bank;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Gives new renders their id, time and name. Numbers of renders that are still being saved count as in use. */
final class RenderNames {
  private static final String LAST_NAME = "Last Render";
  private static final int COMMIT_CHARS = 7;
  private static final int HASH_CHARS = 8;

  private final InstantSource clock;
  private final Collection<StoreScan.Entry> stored;
  private final RenderIds ids = new RenderIds();
  private final Map<String, Integer> numbersBeingSaved = new HashMap<>();

  /** @param stored a live view of what the store holds */
  RenderNames(InstantSource clock, Collection<StoreScan.Entry> stored) {
    this.clock = clock;
    this.stored = stored;
  }

  /** Meta of a new render; call {@link #settled} when it is stored or given up. */
  RenderMeta name(NewRender render, String scoreHash, String wavHash, long charge) {
    String createdAt = RenderIds.timestamp(clock.instant());
    boolean last = render.lastOf() != null;
    String id = last ? RenderKey.LAST : ids.next(createdAt);
    String name = last ? LAST_NAME : render.name() == null ? untitled(id) : render.name();
    return new RenderMeta(id, name, createdAt, shortened(render.commit(), COMMIT_CHARS), shortened(scoreHash, HASH_CHARS),
        shortened(wavHash, HASH_CHARS), render.durationSec(), last ? render.lastOf() : render.createdBy(), null,
        render.summary(), charge, Map.of());
  }

  /** Meta of a copy under an id of its own. */
  RenderMeta promoted(RenderMeta source, String owner, String name, long charge) {
    String createdAt = RenderIds.timestamp(clock.instant());
    String id = ids.next(createdAt);
    return new RenderMeta(id, name == null ? untitled(id) : name, createdAt, source.commit(), source.scoreHash(),
        source.wavHash(), source.durationSec(), owner, null, source.summary(), charge, source.others());
  }

  void settled(RenderMeta meta) {
    synchronized (numbersBeingSaved) {
      numbersBeingSaved.remove(meta.id());
    }
  }

  private String untitled(String id) {
    synchronized (numbersBeingSaved) {
      int highest = 0;
      for (StoreScan.Entry entry : stored) {
        highest = Math.max(highest, RenderIds.untitledNumber(entry.meta().name()));
      }
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
