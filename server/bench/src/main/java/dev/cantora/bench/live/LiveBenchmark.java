package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.engine.Engine;
import dev.cantora.engine.voice.Voice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench live}. */
@Command(name = "live", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Plays live sessions in this process against a daemon in another one, and checks every sequence number, "
        + "every sample and every arrival time.",
        "Then times notes with 100 sessions, 100 sessions beside a reader that froze and beside renders, and how soon 100 sessions are freed whose "
        + "players vanish. Exits with 1 when a goal is missed."})
public final class LiveBenchmark implements Callable<Integer> {

  private static final int PARTS = 4;
  private static final int FEW = 100;
  private static final int RENDERS = 2;
  private static final int MOST_FREEING_MS = 100;
  private static final long FREEING_PATIENCE_NS = 10_000_000_000L;
  /** Pools of the runtime may grow by this many while a thousand sessions come and go. */
  private static final int SPARE_THREADS = 4;

  @Option(names = "--sessions", defaultValue = "300", description = "Sessions at once. Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Option(names = "--seconds", defaultValue = "60", description = "Measured time. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--warm-up", defaultValue = "10", description = "Seconds played before that. Default: ${DEFAULT-VALUE}.")
  private int warmUpSec;

  @Option(names = "--voices", defaultValue = "4", description = "Voices of each session. Default: ${DEFAULT-VALUE}.")
  private int voices;

  @Option(names = "--block", defaultValue = "512", description = "Samples per frame. Default: ${DEFAULT-VALUE}.")
  private int blockSize;

  @Option(names = "--dead", defaultValue = "1000", description = "Players that vanish. Default: ${DEFAULT-VALUE}.")
  private int dead;

  @Option(names = "--only", description = "One of load, notes, frozen, renders, gone; all by default.")
  private String only;

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    int most = Math.max(sessions, FEW) + 1;
    boolean good = true;
    try (Engine engine = Engine.create(1);
        DaemonProcess daemon = DaemonProcess.start(Map.of("MAX_LIVE_SESSIONS", Integer.toString(most), "LOG_LEVEL", "error"))) {
      Voice voice = engine.loadVoice(Machine.root().resolve("presets/default-voice"), warning -> { });
      Stage stage = new Stage(engine, voice, daemon);
      if (only == null || only.equals("load")) {
        good &= stage.load();
      }
      if (only == null || only.equals("notes")) {
        good &= stage.notes();
      }
      if (only == null || only.equals("frozen")) {
        good &= stage.frozen();
      }
      if (only == null || only.equals("renders")) {
        good &= stage.besideRenders();
      }
      if (only == null || only.equals("gone")) {
        good &= stage.gone();
      }
    }
    return good ? 0 : 1;
  }

  private final class Stage {
    private final Engine engine;
    private final Voice voice;
    private final DaemonProcess daemon;

    Stage(Engine engine, Voice voice, DaemonProcess daemon) {
      this.engine = engine;
      this.voice = voice;
      this.daemon = daemon;
    }

    private double blockMs() {
      return blockSize / 48.0;
    }

    private int frames(int sec) {
      return (int) Math.ceil(sec * 48_000.0 / blockSize);
    }

    private Part[] parts(int sec) {
      Part[] parts = new Part[PARTS];
      for (int i = 0; i < PARTS; i++) {
        parts[i] = new Part(engine, voice, i, voices, blockSize, frames(sec));
      }
      return parts;
    }

    private Audience audience() throws IOException {
      return new Audience(new InetSocketAddress(daemon.uri().getHost(), daemon.uri().getPort()));
    }

    boolean load() throws IOException {
      Outcome outcome = play(sessions, seconds, false);
      System.out.printf(Locale.ROOT, "load    %d sessions x %d voices, blocks of %d, %d s%n", sessions, voices, blockSize, seconds);
      outcome.print();
      boolean good = outcome.clean() && outcome.latenessMs(99.9) < blockMs();
      System.out.printf(Locale.ROOT, "        goal %s: no frame lost or wrong, p99.9 lateness below one block (%.2f ms)%n",
          good ? "met" : "MISSED", blockMs());
      return good;
    }

    /** One reader stops reading after its start; the others must not notice. */
    boolean frozen() throws IOException {
      play(FEW, Math.min(seconds, 10), false);
      Outcome alone = play(FEW, Math.min(seconds, 20), false);
      Outcome beside = play(FEW, Math.min(seconds, 20), true);
      System.out.printf(Locale.ROOT, "frozen  %d sessions alone%n", FEW);
      alone.print();
      System.out.printf(Locale.ROOT, "        the same beside a reader that froze%n");
      beside.print();
      boolean good = beside.clean() && beside.latenessMs(99) <= 1.1 * alone.latenessMs(99);
      System.out.printf(Locale.ROOT, "        goal %s: none lost, p99 within 10 %%%n", good ? "met" : "MISSED");
      return good;
    }

    /** Renders on every core must not make live audio late. */
    boolean besideRenders() throws IOException {
      Outcome alone = play(FEW, Math.min(seconds, 20), false);
      Outcome beside;
      int renders;
      try (BusyRenders busy = new BusyRenders(daemon, RENDERS)) {
        beside = play(FEW, Math.min(seconds, 20), false);
        renders = busy.done();
      }
      System.out.printf(Locale.ROOT, "renders %d sessions alone%n", FEW);
      alone.print();
      System.out.printf(Locale.ROOT, "        the same beside %d clients, whose daemon made %d renders of 30 s x 4 voices meanwhile%n",
          RENDERS, renders);
      beside.print();
      boolean good = beside.clean() && beside.latenessMs(99.9) < blockMs();
      System.out.printf(Locale.ROOT, "        goal %s: none lost, p99.9 lateness below one block (%.2f ms)%n", good ? "met" : "MISSED",
          blockMs());
      return good;
    }

    /** All players vanish at once while they play, and again, until as many have gone as were wanted. */
    boolean gone() throws IOException, InterruptedException {
      double worstMs = 0;
      int freed = 0;
      int threadsAfterFirst = 0;
      try (SessionCount count = new SessionCount(daemon)) {
        while (freed < dead) {
          int crowd = Math.min(FEW, dead - freed);
          worstMs = Math.max(worstMs, vanish(crowd, count));
          threadsAfterFirst = freed == 0 ? daemon.threads() : threadsAfterFirst;
          freed += crowd;
        }
      }
      int threads = daemon.threads();
      boolean good = worstMs <= MOST_FREEING_MS && threads <= threadsAfterFirst + SPARE_THREADS;
      System.out.printf(Locale.ROOT, "gone    %d players in crowds of %d, half by FIN and half by RST: all of a crowd freed %.1f ms after its "
          + "last left at the latest; threads %d after the first crowd, %d in the end%n", freed, FEW, worstMs, threadsAfterFirst, threads);
      System.out.printf(Locale.ROOT, "        goal %s: within %d ms, no session and no thread left%n", good ? "met" : "MISSED",
          MOST_FREEING_MS);
      return good;
    }

    /** @return from the last one's end to the daemon's word that no session is left, in ms */
    private double vanish(int crowd, SessionCount count) throws IOException, InterruptedException {
      Part[] silent = {new Part(engine, voice, 0, voices, blockSize, 0)};
      try (Audience audience = audience()) {
        audience.gather(crowd, silent, number -> new Tally(blockSize, 0, 0));
        audience.playAll(new Random(3));
        audience.runUntil(() -> audience.players().stream().allMatch(player -> player.frames() >= 20), now -> { });
        if (count.live() != crowd) {
          throw new IOException("of " + crowd + " sessions the daemon knows " + count.live());
        }
        audience.vanish();
        long leftNs = System.nanoTime();
        while (count.live() > 0) {
          if (System.nanoTime() - leftNs > FREEING_PATIENCE_NS) {
            throw new IOException(count.live() + " sessions are still there 10 s after their players left");
          }
        }
        return (System.nanoTime() - leftNs) / 1e6;
      }
    }

    private Outcome play(int count, int sec, boolean withFrozen) throws IOException {
      Part[] parts = parts(warmUpSec + sec);
      int first = frames(warmUpSec);
      int measured = frames(sec);
      try (Audience audience = audience()) {
        int all = count + (withFrozen ? 1 : 0);
        audience.gather(all, parts, number -> new Tally(blockSize, first, measured));
        List<Player> heard = List.copyOf(audience.players().subList(0, count));
        audience.playAll(new Random(1));
        if (withFrozen) {
          audience.players().getLast().freeze(audience.selector());
        }
        Usage usage = new Usage(daemon);
        long end = first + measured;
        audience.runUntil(() -> heard.stream().allMatch(player -> player.frames() >= end || player.state() == Player.State.ENDED),
            now -> usage.begin(heard.getFirst().frames() >= first));
        return new Outcome(heard.stream().map(Player::tally).toList(), usage.end());
      }
    }

    boolean notes() throws IOException {
      Histogram latencyUs = new Histogram(3);
      Random random = new Random(2);
      try (Audience audience = audience()) {
        Part[] silent = {new Part(engine, voice, 0, voices, blockSize, 0)};
        Keyboard[] keyboards = new Keyboard[FEW];
        audience.gather(FEW, silent, number -> new Tally(blockSize, 0, 0));
        for (int i = 0; i < FEW; i++) {
          keyboards[i] = new Keyboard(audience.players().get(i), blockSize, voices, latencyUs, new Random(i));
        }
        audience.playAll(random);
        long warmNs = System.nanoTime() + warmUpSec * 1_000_000_000L;
        audience.runUntil(() -> System.nanoTime() - warmNs >= 0, now -> playKeys(keyboards, now));
        latencyUs.reset();
        long endNs = System.nanoTime() + Math.min(seconds, 30) * 1_000_000_000L;
        audience.runUntil(() -> System.nanoTime() - endNs >= 0, now -> playKeys(keyboards, now));
      }
      double p99 = latencyUs.getValueAtPercentile(99) / 1e3;
      boolean good = p99 <= blockMs() + 1;
      System.out.printf(Locale.ROOT, "notes   %d sessions, %d notes: note_on sent to first frame with it received p50 %.2f, p99 %.2f, "
          + "p99.9 %.2f, max %.2f ms%n", FEW, latencyUs.getTotalCount(), latencyUs.getValueAtPercentile(50) / 1e3, p99,
          latencyUs.getValueAtPercentile(99.9) / 1e3, latencyUs.getMaxValue() / 1e3);
      System.out.printf(Locale.ROOT, "        goal %s: p99 at most one block and 1 ms (%.2f ms)%n", good ? "met" : "MISSED", blockMs() + 1);
      return good;
    }

    private void playKeys(Keyboard[] keyboards, long now) throws IOException {
      for (Keyboard keyboard : keyboards) {
        keyboard.playWhenDue(now);
      }
    }

    private final class Outcome {
      private final List<Tally> tallies;
      private final Usage usage;
      private final Histogram latenessUs = new Histogram(3);

      Outcome(List<Tally> tallies, Usage usage) {
        this.tallies = tallies;
        this.usage = usage;
        tallies.forEach(tally -> tally.addLateness(latenessUs));
      }

      double latenessMs(double percentile) {
        return latenessUs.getValueAtPercentile(percentile) / 1e3;
      }

      private long sum(java.util.function.ToLongFunction<Tally> of) {
        return tallies.stream().mapToLong(of).sum();
      }

      boolean clean() {
        return sum(Tally::lostFrames) == 0 && sum(Tally::wrongFrames) == 0
            && tallies.stream().allMatch(tally -> tally.troubles().isEmpty());
      }

      void print() {
        System.out.printf(Locale.ROOT, "        frames %d, lost %d, wrong %d; lateness p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f ms%n",
            sum(Tally::received), sum(Tally::lostFrames), sum(Tally::wrongFrames), latenessMs(50), latenessMs(99), latenessMs(99.9),
            latenessUs.getMaxValue() / 1e3);
        System.out.printf(Locale.ROOT, "        cores used: daemon %.2f, this client %.2f%n", usage.daemonCores(), usage.clientCores());
        tallies.stream().flatMap(tally -> tally.troubles().stream()).distinct().limit(5)
            .forEach(trouble -> System.out.println("        " + trouble));
      }
    }
  }
}
