package dev.cantora.daemon.cluster;

import dev.cantora.daemon.jam.JamDirectory;
import dev.cantora.daemon.jam.RelayTicket;
import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.json.Json;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jam sessions of all nodes: a line about each in a key-value bucket, which counts as long as its node is heard; the
 * whole of those that were handed over in an object store, until another node takes them. Thread-safe.
 */
final class ClusterJams implements JamDirectory, AutoCloseable {
  static final String BUCKET = "cantora-jams";
  static final String OBJECTS = "cantora-tapes";
  static final String TICKETS = "cantora-relays";
  private static final Logger LOG = LoggerFactory.getLogger(ClusterJams.class);
  private static final Duration TICKET_VALID = Duration.ofSeconds(10);
  private static final Duration LEND_PATIENCE = Duration.ofSeconds(8);
  private static final Duration KEPT_FOR = Duration.ofDays(7);
  private static final long TELL_MS = 500;
  private static final int TELL_PATIENCE_MS = 500;
  private static final int NAME_BYTES = 16;
  private static final String LEND = "cantora.jams.lend.";

  private final ClusterLink link;
  private final Nodes nodes;
  private final Bucket bucket;
  private final Bucket tickets;
  private final Objects tapes;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, JamLine> lines = new ConcurrentHashMap<>();
  private final AutoCloseable watch;
  private final ExecutorService lenders = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService teller =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("cluster-jams").factory());
  private volatile Desk desk;
  private volatile boolean away;
  private Dispatcher requests;

  ClusterJams(ClusterLink link, Nodes nodes) {
    this.link = link;
    this.nodes = nodes;
    this.bucket = Bucket.open(link, BUCKET, Duration.ZERO);
    this.tickets = Bucket.open(link, TICKETS, TICKET_VALID);
    this.tapes = Objects.open(link, OBJECTS);
    this.watch = bucket.watch(entry -> {
      if (entry.value() == null) {
        lines.remove(entry.key());
      } else {
        lines.put(entry.key(), JamLine.read(entry.value()));
      }
    });
  }

  @Override
  public void open(Desk here) {
    desk = here;
    requests = link.connection().createDispatcher(message -> lenders.execute(() -> lend(message)));
    requests.subscribe(LEND + nodes.nodeId());
    teller.scheduleWithFixedDelay(this::tellAll, 0, TELL_MS, TimeUnit.MILLISECONDS);
  }

  // ---- what is here ----

  /** What changed since the others were told; and what an earlier process of this node left behind goes. */
  private void tellAll() {
    try {
      if (away) {
        return;
      }
      List<Room> rooms = desk.rooms();
      rooms.forEach(this::tellIfNew);
      lines.forEach((id, line) -> {
        if (line.of(nodes.nodeId()) && rooms.stream().noneMatch(room -> room.card().sessionId().equals(id))) {
          bucket.delete(id);
        }
      });
    } catch (RuntimeException later) {
      LOG.debug("cluster_jams_not_told", later);
    }
  }

  private void tellIfNew(Room room) {
    JamLine line = JamLine.here(nodes.nodeId(), room);
    String id = room.card().sessionId();
    if (!line.equals(lines.get(id))) {
      bucket.put(id, line.written());
      lines.put(id, line);
    }
  }

  @Override
  public void tell(String sessionId) {
    try {
      teller.submit(() -> {
        if (!away) {
          desk.room(sessionId).ifPresent(this::tellIfNew);
        }
      }).get(TELL_PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException | java.util.concurrent.RejectedExecutionException later) {
      LOG.debug("cluster_jam_not_told", later);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean handOver(KeptRoom room, List<Person> people) {
    String id = room.state().sessionId();
    away = true;
    try {
      String object = keep("room-", room);
      JamLine line = JamLine.asleep(SessionCard.asleep(room.state()), people, object, System.currentTimeMillis());
      // behind whatever is being told about it just now
      teller.submit(() -> bucket.put(id, line.written())).get();
      LOG.atInfo().addKeyValue("session", id).log("jam_session_handed_over");
      return true;
    } catch (RuntimeException | ExecutionException kept) {
      LOG.atWarn().addKeyValue("session", id).setCause(kept).log("jam_session_not_handed_over");
      return false;
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
  }

  private void lend(Message request) {
    String sessionId = new String(request.getData(), StandardCharsets.UTF_8);
    byte[] answer = new byte[0];
    try {
      Optional<Tape> tape = desk.lend(sessionId);
      if (tape.isPresent()) {
        answer = keep("lent-", tape.get()).getBytes(StandardCharsets.US_ASCII);
      }
    } catch (RuntimeException ended) {
      LOG.debug("cluster_tape_not_lent", ended);
    }
    link.connection().publish(request.getReplyTo(), answer);
  }

  // ---- what is elsewhere ----

  @Override
  public Optional<Place> find(String sessionId) {
    return line(sessionId).flatMap(line ->
        line.node() == null ? Optional.of(new Asleep()) : nodes.find(line.node()).filter(node -> !node.url().isEmpty())
            .map(node -> new Elsewhere(URI.create(node.url()))));
  }

  /** As it is now, straight from the cluster. */
  private Optional<JamLine> line(String sessionId) {
    return bucket.get(sessionId).map(entry -> JamLine.read(entry.value()));
  }

  private boolean counts(JamLine line) {
    return line.node() == null || !line.of(nodes.nodeId()) && nodes.find(line.node()).isPresent();
  }

  @Override
  public Optional<String> sessionOf(Person person) {
    return lines.values().stream().filter(line -> counts(line) && line.people().contains(person))
        .map(line -> line.card().sessionId()).findFirst();
  }

  @Override
  public List<SessionCard> others() {
    return lines.values().stream().filter(this::counts).map(JamLine::card).toList();
  }

  @Override
  public Optional<KeptRoom> takeOver(String sessionId) {
    Bucket.Entry entry = bucket.get(sessionId).orElse(null);
    JamLine line = entry == null ? null : JamLine.read(entry.value());
    if (line == null || line.node() != null) {
      return Optional.empty();
    }
    JamLine mine = line.takenBy(nodes.nodeId());
    if (bucket.update(sessionId, mine.written(), entry.revision()) == 0) {
      return Optional.empty();
    }
    lines.put(sessionId, mine);
    try {
      KeptRoom room = kept(line.object(), KeptRoom.class);
      tapes.delete(line.object());
      return Optional.of(room);
    } catch (IOException | RuntimeException unreadable) {
      LOG.atWarn().addKeyValue("session", sessionId).setCause(unreadable).log("jam_session_not_taken_over");
      return Optional.empty();
    }
  }

  @Override
  public Optional<Tape> tape(String sessionId) {
    JamLine line = line(sessionId).orElse(null);
    if (line == null) {
      return Optional.empty();
    }
    try {
      if (line.node() == null) {
        KeptRoom room = kept(line.object(), KeptRoom.class);
        return Optional.of(new Tape(room.state().ownerId(), room.tape()));
      }
      return nodes.find(line.node()).isEmpty() ? Optional.empty() : borrow(line.node(), sessionId);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private Optional<Tape> borrow(String node, String sessionId) throws IOException {
    Message answer;
    try {
      answer = link.connection().request(LEND + node, sessionId.getBytes(StandardCharsets.UTF_8), LEND_PATIENCE);
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
    if (answer == null) {
      throw ClusterLink.unavailable(null);
    }
    if (answer.getData() == null || answer.getData().length == 0) {
      return Optional.empty();
    }
    String object = new String(answer.getData(), StandardCharsets.US_ASCII);
    Tape tape = kept(object, Tape.class);
    tapes.delete(object);
    return Optional.of(tape);
  }

  // ---- relays ----

  @Override
  public String leave(RelayTicket ticket) {
    String name = name();
    tickets.put(name, Json.bytes(ticket));
    return name;
  }

  @Override
  public Optional<RelayTicket> take(String name) {
    if (!name.matches("[0-9a-f]{" + 2 * NAME_BYTES + "}")) {
      return Optional.empty();
    }
    return tickets.get(name).filter(entry -> tickets.delete(name, entry.revision()))
        .map(entry -> Json.bind(Json.parse(entry.value()), RelayTicket.class));
  }

  /** @return the object's name */
  private String keep(String kind, Object what) {
    String object = kind + name();
    tapes.put(object, Zipped.zip(Json.bytes(what)));
    return object;
  }

  private <T> T kept(String object, Class<T> type) throws IOException {
    return Json.bind(Json.parse(Zipped.unzip(tapes.get(object))), type);
  }

  private String name() {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  // ---- upkeep ----

  /** For one node at a time: what dead nodes and long-forgotten sessions leave. */
  void sweep() {
    long now = System.currentTimeMillis();
    lines.forEach((id, line) -> {
      if (line.node() == null ? now - line.sinceMs() > KEPT_FOR.toMillis() : nodes.find(line.node()).isEmpty()) {
        bucket.get(id).filter(entry -> JamLine.read(entry.value()).equals(line))
            .ifPresent(entry -> bucket.delete(id, entry.revision()));
        LOG.atInfo().addKeyValue("session", id).addKeyValue("node", line.node()).log("cluster_jam_forgotten");
      }
    });
    tapes.list().stream()
        .filter(object -> !object.isDeleted() && lines.values().stream().noneMatch(line -> object.getObjectName().equals(line.object()))
            && now - object.getModified().toInstant().toEpochMilli() > Duration.ofMinutes(10).toMillis())
        .forEach(object -> tapes.delete(object.getObjectName()));
  }

  @Override
  public void close() {
    teller.shutdownNow();
    lenders.shutdownNow();
    try {
      if (requests != null) {
        link.connection().closeDispatcher(requests);
      }
    } catch (RuntimeException closedAlready) {
      LOG.debug("cluster_closing", closedAlready);
    }
    Closing.quietly(watch);
  }
}
