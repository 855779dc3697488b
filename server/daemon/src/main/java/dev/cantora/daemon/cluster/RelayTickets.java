package dev.cantora.daemon.cluster;

import dev.cantora.daemon.jam.RelayTicket;
import dev.cantora.daemon.json.Json;
import java.time.Duration;
import java.util.Optional;

/** Tickets of sockets that one node relays to another: each is good once, and not for long. Thread-safe. */
final class RelayTickets {
  static final String BUCKET = "cantora-relays";
  private static final Duration VALID = Duration.ofSeconds(10);
  private static final int NAME_BYTES = 16;

  private final Bucket bucket;
  private final UniqueNames names = new UniqueNames(NAME_BYTES);

  RelayTickets(ClusterLink link) {
    this.bucket = Bucket.open(link, BUCKET, VALID);
  }

  String leave(RelayTicket ticket) {
    String name = names.next();
    bucket.put(name, Json.bytes(ticket));
    return name;
  }

  Optional<RelayTicket> take(String name) {
    if (!names.matches(name)) {
      return Optional.empty();
    }
    return bucket.get(name).filter(entry -> bucket.delete(name, entry.revision()))
        .map(entry -> Json.bind(Json.parse(entry.value()), RelayTicket.class));
  }
}
