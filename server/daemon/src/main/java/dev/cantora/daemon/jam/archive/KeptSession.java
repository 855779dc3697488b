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

/**
 * One session on its way to disk. Its methods put work into the archive's queue; the fields are the writer's.
 *
 * <p>What a disk refuses, as a full one does, stays here and is tried again each second from where the file was whole: the
 * tape goes on meanwhile, and its recorder bounds what has to wait.
 */
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
  private long writtenBytes;
  private boolean failing;
  private boolean givenUp;
  private volatile Runnable onTrouble = () -> { };

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
      lines.reset();
      writtenBytes = 0;
      begun = true;
      lines.writeBytes(JamArchive.line(new SessionFiles.Line(head, null, null, null)));
    });
  }

  @Override
  public void onTrouble(Runnable told) {
    onTrouble = told;
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
      failing = false;
      lines.reset();
      state = null;
      scores.clear();
      files.delete(sessionId);
    });
  }

  private void later(Runnable step) {
    archive.submit(() -> {
      if (!givenUp) {
        step.run();
        archive.touch(this);
      }
    });
  }

  /** Writer only. @return whether something could not be written and is to be tried again */
  boolean flush(boolean sync) {
    if (givenUp || failing && !sync) {
      return failing;
    }
    try {
      write(sync);
      if (failing) {
        failing = false;
        LOG.atInfo().addKeyValue("session", sessionId).log("jam_session_kept_again");
      }
    } catch (JamArchive.NotOursException elsewhere) {
      givenUp = true;
      trouble(elsewhere);
      failing = false;
    } catch (IOException | UncheckedIOException disk) {
      trouble(disk);
    }
    return failing;
  }

  private void write(boolean sync) throws IOException {
    if (!begun) {
      return;
    }
    if (lines.size() > 0) {
      openTape();
      byte[] bytes = lines.toByteArray();
      DurableFiles.writeFully(tape, ByteBuffer.wrap(bytes));
      writtenBytes += bytes.length;
      lines.reset();
      unsynced = true;
    }
    if (state != null) {
      files.writeState(state);
      state = null;
    }
    scores.forEach((trackId, notes) -> files.writeScore(sessionId, trackId, notes));
    scores.clear();
    if (sync && unsynced && tape != null) {
      tape.force(false);
      unsynced = false;
    }
  }

  /** At the end of what was written whole. */
  private void openTape() throws IOException {
    if (tape == null) {
      archive.requireFolder();
      tape = FileChannel.open(files.tapeFile(sessionId), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tape.size() < writtenBytes) {
        throw new IOException("the tape lost its beginning");
      }
      if (tape.size() > writtenBytes) {
        tape.truncate(writtenBytes);
      }
      tape.position(writtenBytes);
    }
  }

  private void trouble(Exception disk) {
    closeTape();
    if (!failing) {
      failing = true;
      LOG.atWarn().addKeyValue("session", sessionId).setCause(disk).log("jam_session_not_kept");
      onTrouble.run();
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
