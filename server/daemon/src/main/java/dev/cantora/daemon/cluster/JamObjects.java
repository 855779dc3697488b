package dev.cantora.daemon.cluster;

import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** Whole sessions and lent tapes in the object store, on their way from one node to another. Thread-safe. */
final class JamObjects {
  static final String STORE = "cantora-tapes";
  private static final int NAME_BYTES = 16;

  private final Objects objects;
  private final UniqueNames names = new UniqueNames(NAME_BYTES);

  JamObjects(ClusterLink link) {
    this.objects = Objects.open(link, STORE);
  }

  /** @return the object's name */
  String keep(String kind, Object what) {
    String object = kind + names.next();
    objects.put(object, Zipped.zip(Json.bytes(what)));
    return object;
  }

  /** @throws java.io.FileNotFoundException when there is no such object */
  <T> T kept(String object, Class<T> type) throws IOException {
    return Json.bind(Json.parse(Zipped.unzip(objects.get(object))), type);
  }

  void delete(String object) {
    objects.delete(object);
  }

  /** Removes what was written before that time and is not among those. */
  void sweep(Set<String> needed, Instant before) {
    objects.sweep(needed::contains, before);
  }
}
