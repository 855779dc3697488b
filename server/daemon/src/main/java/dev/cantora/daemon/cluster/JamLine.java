package dev.cantora.daemon.cluster;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cantora.daemon.jam.JamDirectory;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.json.Json;
import java.util.List;

/**
 * What the cluster knows of a jam session.
 *
 * @param node that has it; null while it stands still and any node may take it
 * @param people who are in it or may come back
 * @param object the whole of it in the object store, or null while a node has it
 * @param sinceMs when it was handed over, since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JamLine(String node, SessionCard card, List<JamDirectory.Person> people, String object, long sinceMs) {

  static JamLine here(String node, JamDirectory.Room room) {
    return new JamLine(node, room.card(), room.people(), null, 0);
  }

  static JamLine asleep(SessionCard card, List<JamDirectory.Person> people, String object, long nowMs) {
    return new JamLine(null, card, people, object, nowMs);
  }

  JamLine takenBy(String by) {
    return new JamLine(by, card, people, null, 0);
  }

  boolean of(String who) {
    return who.equals(node);
  }

  static JamLine read(byte[] json) {
    return Json.bind(Json.parse(json), JamLine.class);
  }

  byte[] written() {
    return Json.bytes(this);
  }
}
