package dev.cantora.daemon.jam.archive;

import dev.cantora.daemon.bank.DurableFiles;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.session.SessionKeeper;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One session on its way to disk. Its methods put work into the archive's queue; the fields are the writer's. */
final class KeptSession implements SessionKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(KeptSession.class);

  private final JamArchive archive;
  private final SessionFiles files;
  private final String sessionId;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Map<String, List<ScoreCursor.Sung>> scores = new LinkedHashMap<>();
  private SessionState state;
  private FileChannel tape;
  private boolean begun;
  private boolean unsynced;
  private boolean failed;

  /** @param begun whether there is a tape already */
  KeptSession(JamArchive archive, SessionFiles files, String sessionId, boolean begun) {
    this.archive = archive;
    this.files = files;
    this.sessionId = sessionId;
    this.begun = begun;
  }

  @Override
  public void began(UnfinishedTape head) {
    later(() -> {
      closeTape();
      archive.requireFolder();
      tape = FileChannel.open(files.tapeFile(sessionId), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
      lines.reset();
      begun = true;
      lines.writeBytes(JamArchive.line(new SessionFiles.Line(head, null, null, null)));
    });
  }

  @Override
  public void track(TapeTrack track) {
    later(() -> lines.writeBytes(JamArchive.line(new SessionFiles.Line(null, track, null, null))));
  }

  @Override
  public void event(TapeEvent event) {
    later(() -> lines.writeBytes(JamArchive.line(new SessionFiles.Line(null, null, event, null))));
  }

  @Override
  public void ended(long recordedSamples) {
    later(() -> lines.writeBytes(JamArchive.line(new SessionFiles.Line(null, null, null, recordedSamples))));
  }

  @Override
  public void state(SessionState now) {
    later(() -> state = now);
  }

  @Override
  public void score(String trackId, List<ScoreCursor.Sung> notes) {
    later(() -> scores.put(trackId, notes));
  }

  @Override
  public void forget() {
    archive.submit(() -> {
      closeTape();
      begun = false;
      state = null;
      scores.clear();
      files.delete(sessionId);
    });
  }

  /** Something the disk can refuse. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void later(Step step) {
    archive.submit(() -> {
      if (!failed) {
        attempt(step);
        archive.touch(this);
      }
    });
  }

  /** Writer only. A disk that fails ends the keeping of this session, not the session. */
  void flush(boolean sync) {
    attempt(() -> {
      if (tape != null && lines.size() > 0) {
        DurableFiles.writeFully(tape, ByteBuffer.wrap(lines.toByteArray()));
        lines.reset();
        unsynced = true;
      }
      if (begun && state != null) {
        files.writeState(state);
        state = null;
      }
      if (begun) {
        scores.forEach((trackId, notes) -> files.writeScore(sessionId, trackId, notes));
        scores.clear();
      }
      if (sync && unsynced && tape != null) {
        tape.force(false);
        unsynced = false;
      }
    });
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (IOException | UncheckedIOException disk) {
      failed = true;
      closeTape();
      LOG.atWarn().addKeyValue("session", sessionId).setCause(disk).log("jam_session_not_kept");
    }
  }

  private void closeTape() {
    try {
      if (tape != null) {
        tape.close();
        tape = null;
      }
    } catch (IOException harmless) {
      LOG.debug("jam_tape_close", harmless);
    }
  }
}
