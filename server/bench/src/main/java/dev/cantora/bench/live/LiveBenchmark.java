package dev.cantora.bench.live;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import dev.cantora.engine.Engine;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench live}. */
@Command(name = "live", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Plays live sessions in this process against a daemon in another one, and checks every sequence number, "
        + "every sample and every arrival time.",
        "Then times notes with a crowd of sessions, plays a crowd beside a reader that froze and beside renders, and measures how soon a crowd "
        + "is freed whose players vanish. Each part ends by the clock, however far behind the daemon is. Exits with 1 when a goal is missed."})
public final class LiveBenchmark implements Callable<Integer> {

  private static final int RENDERS = 2;
  private static final int LONGEST_NOTES_SEC = 30;
  private static final int LONGEST_PAIR_SEC = 20;
  /** For sessions that begin when the daemon is warm. */
  private static final int SETTLE_SEC = 4;
  /** Pairs of crowds, one alone and one beside a frozen reader, in turns so that what else the machine does is the same for both. */
  private static final int PAIRS = 2;
  private static final double MOST_DISTURBED = 1.1;

  @Option(names = "--sessions", defaultValue = "300", description = "Sessions at once. Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Option(names = "--crowd", defaultValue = "100", description = "Sessions at once in the other parts. Default: ${DEFAULT-VALUE}.")
  private int crowd;

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
    int most = Math.max(sessions, crowd) + 1;
    boolean good = true;
    try (Engine engine = Engine.create(1);
        DaemonProcess daemon = DaemonProcess.start(Map.of("MAX_LIVE_SESSIONS", Integer.toString(most), "LOG_LEVEL", "error"))) {
      Hall hall = new Hall(engine, engine.loadVoice(Machine.root().resolve("presets/default-voice"), warning -> { }), daemon, voices,
          blockSize);
      good &= !wanted("load") || load(hall);
      good &= !wanted("notes") || new NoteTimes(crowd, warmUpSec, Math.min(seconds, LONGEST_NOTES_SEC)).measure(hall);
      good &= !wanted("frozen") || frozen(hall);
      good &= !wanted("renders") || besideRenders(hall);
      good &= !wanted("gone") || new Vanishing(dead, crowd).measure(hall);
    }
    return good ? 0 : 1;
  }

  private boolean wanted(String part) {
    return only == null || only.equals(part);
  }

  private boolean load(Hall hall) throws IOException, InterruptedException {
    Outcome outcome = new Concert(sessions, warmUpSec, seconds, false).play(hall);
    System.out.printf(Locale.ROOT, "load    %d sessions x %d voices, blocks of %d, %d s%n", sessions, voices, blockSize, seconds);
    outcome.print();
    boolean good = outcome.clean() && outcome.latenessMs(99.9) < hall.blockMs();
    System.out.printf(Locale.ROOT, "        goal %s: no frame lost or wrong, p99.9 lateness below one block (%.2f ms)%n",
        good ? "met" : "MISSED", hall.blockMs());
    return good;
  }

  /** One reader stops reading after its start; the others must not notice. */
  private boolean frozen(Hall hall) throws IOException, InterruptedException {
    int pairSec = Math.min(seconds, LONGEST_PAIR_SEC);
    warmUp(hall);
    boolean clean = true;
    double aloneMs = 0;
    double besideMs = 0;
    for (int pair = 0; pair < PAIRS; pair++) {
      Outcome alone = new Concert(crowd, SETTLE_SEC, pairSec, false).play(hall);
      Outcome beside = new Concert(crowd, SETTLE_SEC, pairSec, true).play(hall);
      System.out.printf(Locale.ROOT, "frozen  %d sessions alone%n", crowd);
      alone.print();
      System.out.printf(Locale.ROOT, "        the same beside a reader that froze%n");
      beside.print();
      clean &= beside.clean();
      aloneMs += alone.latenessMs(99) / PAIRS;
      besideMs += beside.latenessMs(99) / PAIRS;
    }
    boolean good = clean && besideMs <= MOST_DISTURBED * aloneMs;
    System.out.printf(Locale.ROOT, "        goal %s: none lost, p99 within 10 %% (%.2f ms alone, %.2f ms beside: %.2f times)%n",
        good ? "met" : "MISSED", aloneMs, besideMs, besideMs / aloneMs);
    return good;
  }

  /** Renders on every core must not make live audio late. */
  private boolean besideRenders(Hall hall) throws IOException, InterruptedException {
    int pairSec = Math.min(seconds, LONGEST_PAIR_SEC);
    warmUp(hall);
    Outcome alone = new Concert(crowd, SETTLE_SEC, pairSec, false).play(hall);
    Outcome beside;
    int renders;
    try (BusyRenders busy = new BusyRenders(hall.daemon(), RENDERS)) {
      beside = new Concert(crowd, SETTLE_SEC, pairSec, false).play(hall);
      renders = busy.done();
    }
    System.out.printf(Locale.ROOT, "renders %d sessions alone%n", crowd);
    alone.print();
    System.out.printf(Locale.ROOT, "        the same beside %d clients, whose daemon made %d renders of 30 s x 4 voices meanwhile%n",
        RENDERS, renders);
    beside.print();
    boolean good = beside.clean() && beside.latenessMs(99.9) < hall.blockMs();
    System.out.printf(Locale.ROOT, "        goal %s: none lost, p99.9 lateness below one block (%.2f ms)%n", good ? "met" : "MISSED",
        hall.blockMs());
    return good;
  }

  /** Has everything compiled by the daemon that a part on its own would else measure. */
  private void warmUp(Hall hall) throws IOException, InterruptedException {
    if (only != null) {
      new Concert(crowd, warmUpSec, 0, false).play(hall);
    }
  }
}
