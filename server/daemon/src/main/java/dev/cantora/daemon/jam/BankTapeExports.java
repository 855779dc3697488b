package dev.cantora.daemon.jam;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.RecordExported;
import dev.cantora.api.jam.Stem;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.Charge;
import dev.cantora.daemon.bank.Document;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.bank.NewRender;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.jam.tape.EventTape;
import dev.cantora.daemon.jam.tape.TapePlayer;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.render.SampleStore;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plays tapes into the bank, one at a time and behind live audio. */
public final class BankTapeExports implements TapeExports, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BankTapeExports.class);
  /** Telemetry, provenance and configuration, generously. */
  private static final long SMALL_DOCUMENT_BYTES = 4096;
  private static final double PROGRESS_STEP = 0.05;

  private final Bank bank;
  private final Instrument.Library library;
  private final String commit;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(
      Thread.ofPlatform().daemon().name("jam-export").priority(Thread.MIN_PRIORITY).factory());

  /** A finished WAV that is still to be filed. */
  private record Sound(SampleStore samples, Level level) {}

  /** Peak of what passed, and how much it was. */
  private static final class Level implements PcmSink {
    private final PcmSink next;
    private final int channels;
    private float peak;
    private long frames;

    Level(PcmSink next, int channels) {
      this.next = next;
      this.channels = channels;
    }

    @Override
    public void accept(float[] interleaved, int count) throws IOException {
      for (int i = 0; i < count * channels; i++) {
        peak = Math.max(peak, Math.abs(interleaved[i]));
      }
      frames += count;
      next.accept(interleaved, count);
    }
  }

  public BankTapeExports(Bank bank, Instrument.Library library, String commit) {
    this.bank = bank;
    this.library = library;
    this.commit = commit;
  }

  @Override
  public Running start(Order order, Report report) {
    AtomicBoolean cancelled = new AtomicBoolean();
    worker.submit(() -> run(order, report, cancelled));
    return () -> cancelled.set(true);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private void run(Order order, Report report, AtomicBoolean cancelled) {
    try {
      report.done().accept(export(order, monitor(report, cancelled)));
    } catch (Throwable failed) {
      report.failed().accept(failure(failed));
    }
  }

  private static ApiException failure(Throwable failed) {
    ApiException known = ErrorMapping.map(failed);
    if (known.code() == ErrorCode.RENDER_CANCELLED) {
      return new ApiException(ErrorCode.CANCELLED);
    }
    LOG.atError().addKeyValue("code", ErrorCode.EXPORT_FAILED).setCause(failed).log("jam_export_failed");
    return ApiException.builder(ErrorCode.EXPORT_FAILED).message(known.getMessage()).cause(failed).build();
  }

  private RecordExported export(Order order, RenderMonitor monitor) throws IOException {
    EventTape tape = order.tape();
    long startNs = System.nanoTime();
    List<String> stemIds = order.stems() ? tape.tracks().stream().map(TapeTrack::trackId).toList() : List.of();
    ObjectNode score = score(tape);
    long wavBytes = new WavEncoder(WavFormat.F32, order.channels(), tape.sampleRateHz()).fileBytes(tape.lengthSamples());
    long bytes = Charge.bytes(wavBytes, Json.bytes(score).length + SMALL_DOCUMENT_BYTES);
    List<Reservation> reservations = new ArrayList<>();
    Map<String, Sound> sounds = new LinkedHashMap<>();
    try {
      for (int i = 0; i <= stemIds.size(); i++) {
        reservations.add(bank.reserve(bytes, null));
      }
      sounds.put("", sound(order.channels()));
      stemIds.forEach(id -> sounds.put(id, sound(order.channels())));
      Map<String, PcmSink> stems = new LinkedHashMap<>();
      stemIds.forEach(id -> stems.put(id, sounds.get(id).level()));
      new TapePlayer(tape, order.channels(), track -> singers(track, tape.sampleRateHz())).play(monitor, true, sounds.get("").level(), stems);
      double renderMs = (System.nanoTime() - startNs) / 1e6;
      RenderMeta master = file(order, score, sounds.get(""), order.name(), true, renderMs, reservations.getFirst());
      List<Stem> filed = new ArrayList<>();
      for (int i = 0; i < stemIds.size(); i++) {
        String id = stemIds.get(i);
        filed.add(new Stem(id, file(order, score, sounds.get(id), master.name() + " – " + tape.tracks().get(i).name(),
            false, renderMs, reservations.get(i + 1)).id()));
      }
      return RecordExported.builder().renderId(master.id()).durationSec(master.durationSec()).wavHash(master.wavHash())
          .stems(order.stems() ? filed : null).build();
    } finally {
      reservations.forEach(Reservation::close);
      for (Sound sound : sounds.values()) {
        sound.samples().close();
      }
    }
  }

  private LiveVoice singers(TapeTrack track, int sampleRateHz) {
    return library.load(track.presetId()).newVoice(
        new LiveConfig(sampleRateHz, 1, track.polyphonyLimit(), track.seed(), track.defaultTimbre()));
  }

  private static Sound sound(int channels) {
    SampleStore samples = new SampleStore(channels);
    return new Sound(samples, new Level(samples, channels));
  }

  private RenderMeta file(Order order, ObjectNode score, Sound sound, String name, boolean normalised, double renderMs,
      Reservation reservation) throws IOException {
    EventTape tape = order.tape();
    Level level = sound.level();
    double durationSec = (double) level.frames / tape.sampleRateHz();
    try (Draft draft = bank.draft(reservation)) {
      draft.audio(ByteBuffer.wrap(
          new WavEncoder(WavFormat.F32, order.channels(), tape.sampleRateHz()).header(level.frames)));
      sound.samples().writeTo(draft, normalised && level.peak > 0 ? level.peak : 1f);
      String wavHash = draft.sealAudio();
      Document scoreDocument = Document.of(score);
      ObjectNode config = Json.object().put("sampleRateHz", tape.sampleRateHz()).put("blockSize", tape.blockSize())
          .put("bpm", tape.bpm()).put("seed", tape.seed()).put("channels", order.channels()).put("mode", "jam");
      ObjectNode telemetry = Json.object().put("blocksRendered", level.frames / tape.blockSize())
          .put("renderTimeMs", renderMs).put("rtf", renderMs / 1000 / durationSec).put("durationSec", durationSec);
      telemetry.set("peakDbfs", level.peak > 0 ? Json.tree(20 * Math.log10(level.peak)) : null);
      ObjectNode provenance = Json.object().put("commit", commit).put("scoreHash", scoreDocument.compactHash().substring(0, 8))
          .put("wavHash", wavHash.substring(0, 8)).put("eventCount", tape.events().size());
      return draft.commit(new NewRender(null, name, order.owner(), commit, durationSec,
          new RenderMeta.Summary(null, "exact", tape.bpm(), null), scoreDocument, Document.of(config),
          Document.of(telemetry), Document.of(provenance)));
    }
  }

  private static ObjectNode score(EventTape tape) {
    ObjectNode score = Json.object().put("jam", true);
    score.set("eventTape", Json.tree(tape));
    return score;
  }

  private static RenderMonitor monitor(Report report, AtomicBoolean cancelled) {
    return new RenderMonitor() {
      private double told;

      @Override
      public void progress(long blocksRendered, long totalBlocks) {
        double fraction = (double) blocksRendered / totalBlocks;
        if (fraction - told >= PROGRESS_STEP) {
          told = fraction;
          report.progress().accept(fraction);
        }
      }

      @Override
      public boolean cancelled() {
        return cancelled.get();
      }
    };
  }
}
