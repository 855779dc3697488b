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
 * @param object the whole of it in the object store, or null once somebody is in it
 * @param sinceMs when it was handed over, since the epoch
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JamLine(String node, SessionCard card, List<JamDirectory.Person> people, String object, long sinceMs) {

  /** @param before what was known of it, or null */
  static JamLine here(String node, JamDirectory.Room room, JamLine before) {
    boolean unopened = room.card().dormant() && before != null && before.of(node);
    return new JamLine(node, room.card(), room.people(), unopened ? before.object : null, unopened ? before.sinceMs : 0);
  }

  static JamLine asleep(SessionCard card, List<JamDirectory.Person> people, String object, long nowMs) {
    return new JamLine(null, card, people, object, nowMs);
  }

  /** A node has it, and should that end before anybody is in it, another one may take it as it was. */
  JamLine takenBy(String by) {
    return new JamLine(by, card, people, object, sinceMs);
  }

  /** The node that took it is gone, and nobody had been in it. */
  JamLine freed() {
    return new JamLine(null, card, people, object, sinceMs);
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
