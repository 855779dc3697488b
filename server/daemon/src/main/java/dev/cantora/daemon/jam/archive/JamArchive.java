package dev.cantora.daemon.jam.archive;

import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.session.SessionKeeper;
import dev.cantora.daemon.jam.session.SessionState;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of kept sessions. At most {@value #MAX_KEPT} of them wait for somebody to come back, each for a week at most;
 * a tape is bounded by its recorder. Thread-safe.
 *
 * <p>What happened reaches the operating system within {@value #PAUSE_MS} ms, which is what a killed daemon can lose, and
 * the disk within a second, which is what a power cut can lose. Without a usable folder sessions are simply not kept.
 */
public final class JamArchive implements AutoCloseable {

  /** Sessions without anybody that are kept. */
  public static final int MAX_KEPT = 32;
  static final Duration KEPT_FOR = Duration.ofDays(7);
  private static final long PAUSE_MS = 20;
  private static final long SYNC_NS = 1_000_000_000L;
  private static final long CLOSE_MS = 5000;
  private static final Logger LOG = LoggerFactory.getLogger(JamArchive.class);

  private final SessionFiles files;
  private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();
  /** Of the writer alone. */
  private final Set<KeptSession> touched = new HashSet<>();
  private final Thread writer = Thread.ofPlatform().daemon().name("jam-archive").unstarted(this::write);
  private FileChannel lockFile;
  private volatile boolean usable = true;
  private volatile boolean closing;

  /** @param folder made when the first tape begins */
  public JamArchive(Path folder) {
    this.files = new SessionFiles(folder);
    writer.start();
  }

  /** Sessions of an earlier daemon, the oldest first; what is too old or too much is deleted. */
  public List<SessionState> load(InstantSource clock) {
    if (!Files.isDirectory(files.folder()) || !lock()) {
      return List.of();
    }
    List<SessionState> kept = new ArrayList<>();
    try (Stream<Path> all = Files.list(files.folder())) {
      List<Path> newestFirst = all.filter(path -> path.getFileName().toString().endsWith(SessionFiles.STATE))
          .sorted(Comparator.comparing(SessionFiles::modified).reversed()).toList();
      for (Path path : newestFirst) {
        Optional<SessionState> state = files.state(path);
        boolean fresh = SessionFiles.modified(path).isAfter(clock.instant().minus(KEPT_FOR));
        if (state.isPresent() && fresh && kept.size() < MAX_KEPT && tape(state.get().sessionId()).isPresent()) {
          kept.add(state.get());
        } else {
          files.delete(SessionFiles.idOf(path));
        }
      }
    } catch (IOException unreadable) {
      LOG.atWarn().setCause(unreadable).log("jam_archive_unreadable");
    }
    kept.sort(Comparator.comparingLong(SessionState::createdAtMs));
    return kept;
  }

  /** The tape of a kept session as far as it was written. */
  public Optional<UnfinishedTape> tape(String sessionId) {
    return files.tape(sessionId);
  }

  /** The score of a track of a kept session. */
  public Optional<List<ScoreCursor.Sung>> score(String sessionId, String trackId) {
    return files.score(sessionId, trackId);
  }

  /** Keeps a session from its next recording on. */
  public SessionKeeper keep(String sessionId) {
    return new KeptSession(this, files, sessionId, false);
  }

  /** Keeps a session that was kept before. */
  public SessionKeeper keepOn(String sessionId) {
    return new KeptSession(this, files, sessionId, true);
  }

  /** Deletes a kept session that nobody will come back to. */
  public void drop(String sessionId) {
    submit(() -> files.delete(sessionId));
  }

  /** Has the writer do something; any thread, without waiting. */
  void submit(Runnable action) {
    if (usable) {
      work.add(action);
      LockSupport.unpark(writer);
    }
  }

  /** Writer only: the session has something to flush and to sync. */
  void touch(KeptSession session) {
    touched.add(session);
  }

  /** Writer only: opens the folder, once. @throws NotOursException when another daemon has it */
  void requireFolder() throws IOException {
    Files.createDirectories(files.folder());
    if (!lock()) {
      usable = false;
      throw new NotOursException();
    }
  }

  /** The folder is another daemon's, and nothing will change that. */
  static final class NotOursException extends IOException {
    private NotOursException() {
      super("another daemon keeps its sessions here");
    }
  }

  /** Writes what is left. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(CLOSE_MS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    long syncNs = System.nanoTime();
    while (true) {
      boolean last = closing;
      for (Runnable action = work.poll(); action != null; action = work.poll()) {
        attempt(action);
      }
      boolean sync = last || System.nanoTime() - syncNs >= SYNC_NS;
      for (KeptSession session : List.copyOf(touched)) {
        if (!flush(session, sync) && sync) {
          touched.remove(session);
        }
      }
      if (sync) {
        syncNs = System.nanoTime();
      }
      if (last) {
        unlock();
        return;
      }
      LockSupport.parkNanos(PAUSE_MS * 1_000_000);
      if (work.isEmpty() && touched.isEmpty() && !closing) {
        LockSupport.park(this);
      }
    }
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException failed) {
      LOG.atError().setCause(failed).log("jam_archive_failed");
    }
  }

  private static boolean flush(KeptSession session, boolean sync) {
    try {
      return session.flush(sync);
    } catch (RuntimeException failed) {
      LOG.atError().setCause(failed).log("jam_archive_failed");
      return false;
    }
  }

  private synchronized boolean lock() {
    if (lockFile != null) {
      return true;
    }
    try {
      FileChannel channel = FileChannel.open(files.folder().resolve(".lock"), StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException sameProcess) {
        // another archive of this process has it
      }
      if (lock == null) {
        channel.close();
        return false;
      }
      lockFile = channel;
      return true;
    } catch (IOException unusable) {
      LOG.atWarn().setCause(unusable).log("jam_archive_unusable");
      return false;
    }
  }

  private synchronized void unlock() {
    try {
      if (lockFile != null) {
        lockFile.close();
        lockFile = null;
      }
    } catch (IOException harmless) {
      LOG.debug("jam_archive_lock", harmless);
    }
  }

  /** Compact JSON with a line's end. */
  static byte[] line(Object value) {
    byte[] json = Json.bytes(value);
    byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }
}
