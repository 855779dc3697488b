package dev.cantora.daemon.jam.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.bank.DurableFiles;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names and contents of the files of kept sessions.
 *
 * <pre>
 * 1a2b3c4d.session           the SessionState, replaced in one step
 * 1a2b3c4d.tape              lines of JSON: {"begin":head} {"track":...} {"event":...} {"end":samples}; only grows
 * 1a2b3c4d.track-1.score     notes of a score track
 * </pre>
 */
record SessionFiles(Path folder) {

  static final String STATE = ".session";
  private static final String TAPE = ".tape";
  private static final String SCORE = ".score";
  private static final Logger LOG = LoggerFactory.getLogger(SessionFiles.class);

  /** A line of a tape; one member is set. */
  record Line(UnfinishedTape begin, TapeTrack track, TapeEvent event, Long end) {}

  private record Score(List<ScoreCursor.Sung> notes) {}

  Path tapeFile(String sessionId) {
    return folder.resolve(sessionId + TAPE);
  }

  static String idOf(Path state) {
    String name = state.getFileName().toString();
    return name.substring(0, name.length() - STATE.length());
  }

  static Instant modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException gone) {
      return Instant.EPOCH;
    }
  }

  void writeState(SessionState state) {
    replace(state.sessionId() + STATE, Json.bytes(state));
  }

  void writeScore(String sessionId, String trackId, List<ScoreCursor.Sung> notes) {
    replace(sessionId + "." + trackId + SCORE, Json.bytes(new Score(notes)));
  }

  Optional<SessionState> state(Path path) {
    try {
      return Optional.of(Json.bind(Json.parse(Files.readAllBytes(path)), SessionState.class));
    } catch (IOException | RuntimeException damaged) {
      LOG.atWarn().addKeyValue("session", idOf(path)).setCause(damaged).log("jam_session_unreadable");
      return Optional.empty();
    }
  }

  Optional<List<ScoreCursor.Sung>> score(String sessionId, String trackId) {
    try {
      byte[] json = Files.readAllBytes(folder.resolve(sessionId + "." + trackId + SCORE));
      return Optional.of(Json.bind(Json.parse(json), Score.class).notes());
    } catch (IOException | RuntimeException missing) {
      return Optional.empty();
    }
  }

  /** What can be read of a tape: a torn last line, or what follows a damaged one, is left out. */
  Optional<UnfinishedTape> tape(String sessionId) {
    UnfinishedTape head = null;
    List<TapeTrack> tracks = new ArrayList<>();
    List<TapeEvent> events = new ArrayList<>();
    long recorded = 0;
    try (BufferedReader reader = Files.newBufferedReader(tapeFile(sessionId))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Line line = line(text);
        if (line == null) {
          break;
        } else if (line.begin() != null) {
          head = line.begin();
        } else if (line.track() != null) {
          tracks.add(line.track());
        } else if (line.event() != null) {
          events.add(line.event());
          recorded = Math.max(recorded, line.event().tSample());
        } else if (line.end() != null) {
          recorded = line.end();
        }
      }
    } catch (IOException | UncheckedIOException unreadable) {
      LOG.atWarn().addKeyValue("session", sessionId).setCause(unreadable).log("jam_tape_unreadable");
    }
    return head == null ? Optional.empty() : Optional.of(new UnfinishedTape(head.sampleRateHz(), head.blockSize(),
        head.bpm(), head.timeSig(), head.seed(), tracks, events, recorded));
  }

  private static Line line(String text) {
    try {
      JsonNode tree = Json.parse(text.getBytes(StandardCharsets.UTF_8));
      return Json.bind(tree, Line.class);
    } catch (RuntimeException torn) {
      return null;
    }
  }

  /** Everything of a session; what is not there is no error. */
  void delete(String sessionId) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, sessionId + ".*")) {
      for (Path path : all) {
        Files.deleteIfExists(path);
      }
    } catch (IOException stays) {
      LOG.atWarn().addKeyValue("session", sessionId).setCause(stays).log("jam_session_not_deleted");
    }
  }

  private void replace(String name, byte[] content) {
    try {
      DurableFiles.replace(folder.resolve(name), content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
