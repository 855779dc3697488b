package dev.cantora.daemon.cluster;

import dev.cantora.daemon.jam.JamDirectory;
import dev.cantora.daemon.jam.RelayTicket;
import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.SessionCard;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jam sessions of all nodes: a line about each in a key-value bucket, which counts as long as its node is heard; the
 * whole of those that were handed over in an object store, until somebody is in them again on another node. Thread-safe.
 */
final class ClusterJams implements JamDirectory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterJams.class);
  private static final Duration KEPT_FOR = Duration.ofDays(7);
  private static final Duration UNNAMED = Duration.ofMinutes(10);
  private static final long TELL_MS = 500;
  private static final int TELL_PATIENCE_MS = 500;

  private final Nodes nodes;
  private final RelayTickets tickets;
  private final JamObjects objects;
  private final TapeLoans loans;
  private final JamLines lines;
  /** One at a time, so that of two who come back to this node at once both find the session here. */
  private final ReentrantLock takingOver = new ReentrantLock();
  /** The session that this node is taking over just now, or null. */
  private volatile String taken;
  private final ScheduledExecutorService teller =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("cluster-jams").factory());
  private volatile Desk desk;
  private volatile boolean away;

  ClusterJams(ClusterLink link, Nodes nodes) {
    this.nodes = nodes;
    this.lines = new JamLines(link);
    this.tickets = new RelayTickets(link);
    this.objects = new JamObjects(link);
    this.loans = new TapeLoans(link, objects);
  }

  @Override
  public void open(Desk here) {
    desk = here;
    loans.open(nodes.nodeId(), here::lend);
    teller.scheduleWithFixedDelay(this::tellAll, 0, TELL_MS, TimeUnit.MILLISECONDS);
  }

  // ---- what is here ----

  /** What changed since the others were told; and what is over, or an earlier process of this node left behind, goes. */
  private void tellAll() {
    try {
      if (away) {
        return;
      }
      desk.rooms().forEach(this::tellIfNew);
      lines.forEach((id, line) -> {
        if (line.of(nodes.nodeId()) && !isHere(id)) {
          giveUp(id, line);
        }
      });
    } catch (RuntimeException later) {
      LOG.debug("cluster_jams_not_told", later);
    }
  }

  private void tellIfNew(Room room) {
    String id = room.card().sessionId();
    JamLine before = lines.heard(id);
    JamLine line = JamLine.here(nodes.nodeId(), room, before);
    if (!line.equals(before)) {
      lines.put(id, line);
      if (before != null && before.object() != null && line.object() == null) {
        objects.delete(before.object());
      }
    }
  }

  /** Asked in this order: a session that is being taken over is in a room before that is done. */
  private boolean isHere(String sessionId) {
    return sessionId.equals(taken) || desk.room(sessionId).isPresent();
  }

  /** A session's node has it no longer: when nobody was in it again, another may take it as it was, else it is gone. */
  private void giveUp(String id, JamLine line) {
    if (line.object() == null) {
      lines.remove(id, line);
    } else {
      lines.replace(id, line, line.freed());
    }
    LOG.atInfo().addKeyValue("session", id).addKeyValue("node", line.node())
        .log(line.object() == null ? "cluster_jam_forgotten" : "cluster_jam_freed");
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
      String object = objects.keep("room-", room);
      JamLine line = JamLine.asleep(SessionCard.asleep(room.state()), people, object, System.currentTimeMillis());
      // behind whatever is being told about it just now
      teller.submit(() -> lines.put(id, line)).get();
      LOG.atInfo().addKeyValue("session", id).log("jam_session_handed_over");
      return true;
    } catch (RuntimeException | ExecutionException kept) {
      LOG.atWarn().addKeyValue("session", id).setCause(kept).log("jam_session_not_handed_over");
      return false;
    } catch (InterruptedException stopped) {
      throw ClusterLink.interrupted(stopped);
    }
  }

  // ---- what is elsewhere ----

  @Override
  public Optional<Place> find(String sessionId) {
    return lines.now(sessionId).flatMap(line -> isFree(sessionId, line) ? Optional.of(new Asleep())
        : nodes.find(line.node()).filter(node -> !node.url().isEmpty()).map(node -> new Elsewhere(URI.create(node.url()))));
  }

  /** Whether any node may take it: none has it, or the one that took it ended before anybody was in it again. */
  private boolean isFree(String id, JamLine line) {
    return line.node() == null || line.object() != null && !isAtItsNode(id, line);
  }

  private boolean isAtItsNode(String id, JamLine line) {
    return line.of(nodes.nodeId()) ? isHere(id) : nodes.find(line.node()).isPresent();
  }

  private boolean counts(String id, JamLine line) {
    return isFree(id, line) || !line.of(nodes.nodeId()) && isAtItsNode(id, line);
  }

  @Override
  public Optional<String> sessionOf(Person person) {
    return lines.heard((id, line) -> line.people().contains(person) && counts(id, line)).map(line -> line.card().sessionId()).findFirst();
  }

  @Override
  public List<SessionCard> others() {
    return lines.heard(this::counts).map(JamLine::card).toList();
  }

  @Override
  public void takeOver(String sessionId, Consumer<KeptRoom> adopt) {
    takingOver.lock();
    try {
      JamLine line = lines.now(sessionId).filter(now -> isFree(sessionId, now)).orElse(null);
      taken = sessionId;
      if (line != null && lines.replace(sessionId, line, line.takenBy(nodes.nodeId()))) {
        adopt(sessionId, line.takenBy(nodes.nodeId()), adopt);
      }
    } finally {
      taken = null;
      takingOver.unlock();
    }
  }

  /** What cannot be read just now is given up again: another time, or another node, may fare better. */
  private void adopt(String sessionId, JamLine line, Consumer<KeptRoom> adopt) {
    try {
      adopt.accept(objects.kept(line.object(), KeptRoom.class));
    } catch (IOException | RuntimeException unreadable) {
      LOG.atWarn().addKeyValue("session", sessionId).setCause(unreadable).log("jam_session_not_taken_over");
      if (unreadable instanceof FileNotFoundException) {
        lines.remove(sessionId, line);
      }
    }
  }

  @Override
  public Optional<Tape> tape(String sessionId) {
    JamLine line = lines.now(sessionId).orElse(null);
    if (line == null) {
      return Optional.empty();
    }
    try {
      if (isFree(sessionId, line)) {
        KeptRoom room = objects.kept(line.object(), KeptRoom.class);
        return Optional.of(new Tape(room.state().ownerId(), room.tape()));
      }
      return nodes.find(line.node()).isEmpty() ? Optional.empty() : loans.borrow(line.node(), sessionId);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  // ---- relays ----

  @Override
  public String leave(RelayTicket ticket) {
    return tickets.leave(ticket);
  }

  @Override
  public Optional<RelayTicket> take(String name) {
    return tickets.take(name);
  }

  // ---- upkeep ----

  /** For one node at a time: what dead nodes and long-forgotten sessions leave. */
  void sweep() {
    if (!lines.caughtUp()) {
      LOG.warn("cluster_sweep_held_back");
      return;
    }
    Instant now = Instant.now();
    lines.forEach((id, line) -> {
      if (line.node() != null && nodes.find(line.node()).isEmpty()) {
        giveUp(id, line);
      } else if (line.node() == null && line.sinceMs() < now.minus(KEPT_FOR).toEpochMilli()) {
        lines.remove(id, line);
      }
    });
    objects.sweep(lines.objects(), now.minus(UNNAMED));
  }

  @Override
  public void close() {
    teller.shutdownNow();
    Closing.quietly(loans, lines);
  }
}
