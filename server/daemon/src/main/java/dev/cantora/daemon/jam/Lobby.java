package dev.cantora.daemon.jam;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.security.Principal;
import java.net.URI;
import java.util.Optional;

/** Finds a session wherever it is: in this daemon, in another one, or asleep, in which case it is taken over. */
record Lobby(JamHub hub, JamDirectory directory) {

  private static final int ATTEMPTS = 3;

  /** Where a client gets what it asked for. */
  sealed interface Way<T> {}

  record Here<T>(T what) implements Way<T> {}

  /** @param node URL of the daemon that has it */
  record There<T>(URI node) implements Way<T> {}

  /** @throws ApiException SESSION_NOT_FOUND, SESSION_FULL, MAX_SESSIONS */
  Way<JamSession> join(String sessionId, boolean spectator) {
    for (int attempt = 0; attempt < ATTEMPTS && !hub.knows(sessionId); attempt++) {
      switch (directory.find(sessionId).orElseThrow(() -> new ApiException(ErrorCode.SESSION_NOT_FOUND))) {
        case JamDirectory.Elsewhere(URI node) -> {
          return new There<>(node);
        }
        case JamDirectory.Asleep() -> {
          if (spectator) {
            throw new ApiException(ErrorCode.SESSION_NOT_FOUND);
          }
          directory.takeOver(sessionId, hub::adopt);
        }
      }
    }
    return new Here<>(hub.join(sessionId, spectator));
  }

  /** Goes on as whom the token names; empty when it names nobody. */
  Optional<Way<Identity>> resume(String token, Principal principal, JamHub.Holder holder) {
    Optional<Identity> here = hub.resume(token, principal, holder);
    if (here.isPresent()) {
      return here.map(Here::new);
    }
    JamDirectory.Person person = new JamDirectory.Person(JamHub.hash(token), principal.id());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> sessionId = directory.sessionOf(person).filter(id -> !hub.knows(id));
      switch (sessionId.flatMap(directory::find).orElse(null)) {
        case null -> {
          return hub.resume(token, principal, holder).map(Here::new);
        }
        case JamDirectory.Elsewhere(URI node) -> {
          return Optional.of(new There<>(node));
        }
        case JamDirectory.Asleep() -> directory.takeOver(sessionId.get(), hub::adopt);
      }
    }
    return Optional.empty();
  }
}
