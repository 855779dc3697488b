package dev.cantora.daemon.jam;

import dev.cantora.daemon.jam.session.KeptRoom;
import dev.cantora.daemon.jam.session.SessionCard;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the sessions of all daemons are, as far as one daemon has to know. Thread-safe; may wait, so not for audio threads. */
public interface JamDirectory {

  /** Somebody who may come back. @param tokenHash of the token that proves who it is */
  record Person(String tokenHash, String principalId) {}

  /** A session of this daemon, as the others know it. */
  record Room(SessionCard card, List<Person> people) {}

  /** @param ownerId principal of the host @param tape null when nothing was ever recorded */
  record Tape(String ownerId, UnfinishedTape tape) {}

  /** Where a session is that is not here. */
  sealed interface Place {}

  /** @param node URL of the daemon that has it */
  record Elsewhere(URI node) implements Place {}

  /** It stands still, and any daemon may take it over. */
  record Asleep() implements Place {}

  /** What this daemon tells the others. */
  interface Desk {
    List<Room> rooms();

    Optional<Room> room(String sessionId);

    /** The tape of a session of this daemon. */
    Optional<Tape> lend(String sessionId);
  }

  /** From now on the others know what is here. */
  void open(Desk desk);

  /** A session of this daemon began, ended, or somebody came or went; the others know when this returns, if it can be. */
  void tell(String sessionId);

  Optional<Place> find(String sessionId);

  /** The session, not one of this daemon's, in which somebody was. */
  Optional<String> sessionOf(Person person);

  /**
   * Makes a session that is asleep one of this daemon's; does nothing when another daemon was quicker. Until somebody is in it,
   * it outlives this daemon.
   *
   * @param adopt is given all of it
   */
  void takeOver(String sessionId, Consumer<KeptRoom> adopt);

  /** Gives a session away that stands still. @return whether it is safe */
  boolean handOver(KeptRoom room, List<Person> people);

  /** Sessions that are not here. */
  List<SessionCard> others();

  /** The tape of a session that is not here. */
  Optional<Tape> tape(String sessionId);

  /** Leaves a ticket for a socket that this daemon relays. @return its name */
  String leave(RelayTicket ticket);

  /** Takes a ticket that another daemon left. */
  Optional<RelayTicket> take(String name);

  /** Of a daemon on its own. */
  JamDirectory ALONE = new JamDirectory() {
    @Override
    public void open(Desk desk) {}

    @Override
    public void tell(String sessionId) {}

    @Override
    public Optional<Place> find(String sessionId) {
      return Optional.empty();
    }

    @Override
    public Optional<String> sessionOf(Person person) {
      return Optional.empty();
    }

    @Override
    public void takeOver(String sessionId, Consumer<KeptRoom> adopt) {}

    @Override
    public boolean handOver(KeptRoom room, List<Person> people) {
      return false;
    }

    @Override
    public List<SessionCard> others() {
      return List.of();
    }

    @Override
    public Optional<Tape> tape(String sessionId) {
      return Optional.empty();
    }

    @Override
    public String leave(RelayTicket ticket) {
      throw new UnsupportedOperationException("nobody to relay to");
    }

    @Override
    public Optional<RelayTicket> take(String name) {
      return Optional.empty();
    }
  };
}
