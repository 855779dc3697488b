package dev.cantora.bench.jam;

import dev.cantora.bench.DaemonProcess;
import dev.cantora.bench.Machine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./cantora bench jam}. */
@Command(name = "jam", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Fills every session with players, each with a track of held voices, and counts blocks that the daemon had "
        + "ready more than a block late and frames that did not arrive.",
        "Exits with 1 when there was any of either."})
public final class JamBenchmark implements Callable<Integer> {

  private static final long MOST_LATE_US = 10_000_000;

  @Option(names = "--sessions", defaultValue = "8", description = "Sessions at once. Default: ${DEFAULT-VALUE}.")
  private int sessions;

  @Option(names = "--participants", defaultValue = "8",
      description = "Players of each session, who have a track each. Default: ${DEFAULT-VALUE}.")
  private int participants;

  @Option(names = "--voices", defaultValue = "4", description = "Voices of each track. Default: ${DEFAULT-VALUE}.")
  private int voices;

  @Option(names = "--block", defaultValue = "512", description = "Samples per frame. Default: ${DEFAULT-VALUE}.")
  private int blockSize;

  @Option(names = "--seconds", defaultValue = "20", description = "Measured time. Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(names = "--warm-up", defaultValue = "5", description = "Seconds played before that. Default: ${DEFAULT-VALUE}.")
  private int warmUpSec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println(Machine.describe());
    Map<String, String> environment = Map.of("MAX_JAM_SESSIONS", Integer.toString(sessions),
        "MAX_JAM_PARTICIPANTS", Integer.toString(participants), "LOG_LEVEL", "error");
    List<Musician> players = new ArrayList<>();
    HttpClient http = HttpClient.newHttpClient();
    try (DaemonProcess daemon = DaemonProcess.start(environment)) {
      for (int session = 0; session < sessions; session++) {
        players.addAll(band(http, daemon.uri(), session));
      }
      TimeUnit.SECONDS.sleep(warmUpSec);
      players.forEach(Musician::measure);
      long lateBefore = lateBlocks(http, daemon);
      double cpuMs = daemon.cpuMs();
      long startNs = System.nanoTime();
      TimeUnit.SECONDS.sleep(seconds);
      double wallMs = (System.nanoTime() - startNs) / 1e6;
      double cores = (daemon.cpuMs() - cpuMs) / wallMs;
      long late = lateBlocks(http, daemon) - lateBefore;
      return report(players, late, cores) ? 0 : 1;
    } finally {
      players.forEach(Musician::close);
      // close() waits for good when one of its sockets has missed its end
      http.shutdownNow();
    }
  }

  private List<Musician> band(HttpClient http, URI daemon, int session) {
    URI socket = URI.create("ws://" + daemon.getAuthority() + "/ws/jam");
    List<Musician> band = new ArrayList<>();
    Musician host = Musician.connect(http, socket);
    host.send("{\"type\":\"session_create\",\"seed\":" + session + ",\"blockSize\":" + blockSize + "}");
    String id = host.await("session_created").replaceFirst(".*\"sessionId\":\"([^\"]+)\".*", "$1");
    band.add(host);
    while (band.size() < participants) {
      Musician guest = Musician.connect(http, socket);
      guest.send("{\"type\":\"session_join\",\"sessionId\":\"" + id + "\"}");
      guest.await("session_joined");
      band.add(guest);
    }
    for (int player = 0; player < participants; player++) {
      Musician musician = band.get(player);
      musician.send("{\"type\":\"track_add\",\"presetId\":\"default-voice\",\"polyphonyLimit\":" + voices + "}");
      band.forEach(each -> each.await("track_added"));
    }
    for (int player = 0; player < participants; player++) {
      for (int voice = 0; voice < voices; voice++) {
        band.get(player).send("{\"type\":\"track_note_on\",\"trackId\":\"track-" + (player + 1) + "\",\"noteId\":\"n" + voice
            + "\",\"midi\":" + (45 + 5 * voice + player) + ",\"velocity\":0.5}");
        band.get(player).await("track_note_ack");
      }
    }
    return band;
  }

  private static long lateBlocks(HttpClient http, DaemonProcess daemon) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(daemon.uri().resolve("/api/v1/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofLines()).body()
        .filter(line -> line.startsWith("vocal_synth_jam_late_blocks_total")).findFirst()
        .map(line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
        .orElseThrow(() -> new IOException("the daemon does not count late blocks"));
  }

  private boolean report(List<Musician> players, long late, double cores) {
    Histogram latenessUs = new Histogram(MOST_LATE_US, 3);
    long frames = 0;
    long lost = 0;
    for (Musician player : players) {
      player.addTo(latenessUs);
      frames += player.frames();
      lost += player.lost();
    }
    System.out.printf(Locale.ROOT, "jam     %d sessions x %d players x %d voices, blocks of %d, %d s%n", sessions, participants,
        voices, blockSize, seconds);
    System.out.printf(Locale.ROOT, "        blocks late %d; frames %d, lost %d; arrival p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f ms "
        + "after the earliest; daemon %.2f cores%n", late, frames, lost, latenessUs.getValueAtPercentile(50) / 1e3,
        latenessUs.getValueAtPercentile(99) / 1e3, latenessUs.getValueAtPercentile(99.9) / 1e3, latenessUs.getMaxValue() / 1e3,
        cores);
    boolean good = late == 0 && lost == 0 && frames > 0;
    System.out.printf(Locale.ROOT, "        goal %s: no block late, no frame lost%n", good ? "met" : "MISSED");
    return good;
  }
}
