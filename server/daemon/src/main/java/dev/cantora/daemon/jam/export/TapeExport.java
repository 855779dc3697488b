package dev.cantora.daemon.jam.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.Document;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.bank.NewRender;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.jam.session.TapeExports;
import dev.cantora.daemon.jam.tape.EventTape;
import dev.cantora.daemon.jam.tape.TapePlayer;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.render.QueuedWork;
import dev.cantora.daemon.render.SampleStore;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.audio.SampleMeter;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** One export: plays the tape once into the master and the stems, then files them. */
final class TapeExport implements QueuedWork {

  private static final double PROGRESS_STEP = 0.05;

  private final TapeExports.Order order;
  private final int channels;
  private final ObjectNode score;
  private final List<Reservation> reservations;
  private final Bank bank;
  private final Instrument.Library library;
  private final String commit;
  private final DoubleConsumer progress;
  private volatile List<TapeExports.Stem> stems;

  /** What was played, until it is filed. */
  private record Sound(SampleStore samples, SampleMeter level) {
    PcmSink sink() {
      return new MeteredSink(samples, level);
    }
  }

  /** @param reservations of the master, then of the tracks */
  TapeExport(TapeExports.Order order, int channels, ObjectNode score, List<Reservation> reservations, Bank bank,
      Instrument.Library library, String commit, DoubleConsumer progress) {
    this.order = order;
    this.channels = channels;
    this.score = score;
    this.reservations = reservations;
    this.bank = bank;
    this.library = library;
    this.commit = commit;
    this.progress = progress;
  }

  /** Null unless they were wanted, and until the job has run. */
  List<TapeExports.Stem> stems() {
    return stems;
  }

  @Override
  public Result run(RenderMonitor monitor) throws IOException {
    EventTape tape = order.tape();
    long startNs = System.nanoTime();
    List<TapeTrack> stemTracks = order.stems() ? tape.tracks() : List.of();
    Sound master = sound();
    Map<String, Sound> sounds = new LinkedHashMap<>();
    stemTracks.forEach(track -> sounds.put(track.trackId(), sound()));
    try {
      Map<String, PcmSink> sinks = new LinkedHashMap<>();
      sounds.forEach((trackId, sound) -> sinks.put(trackId, sound.sink()));
      new TapePlayer(tape, channels, track -> singers(track, tape.sampleRateHz()))
          .play(telling(monitor), true, master.sink(), sinks);
      double renderMs = (System.nanoTime() - startNs) / 1e6;
      float peak = master.level().peak() > 0 ? master.level().peak() : 1f;
      if (monitor.cancelled()) {
        throw new ApiException(ErrorCode.RENDER_CANCELLED);
      }
      TapeDocuments documents = new TapeDocuments(tape, channels, commit, score, renderMs);
      Result result = file(documents, master, order.name(), peak, reservations.getFirst());
      List<TapeExports.Stem> filed = new ArrayList<>();
      for (int i = 0; i < stemTracks.size(); i++) {
        TapeTrack track = stemTracks.get(i);
        String name = result.meta().name() + " – " + track.name();
        filed.add(new TapeExports.Stem(track.trackId(),
            file(documents, sounds.get(track.trackId()), name, 1f, reservations.get(i + 1)).meta().id()));
      }
      stems = order.stems() ? filed : null;
      return result;
    } finally {
      master.samples().close();
      for (Sound sound : sounds.values()) {
        sound.samples().close();
      }
    }
  }

  private LiveVoice singers(TapeTrack track, int sampleRateHz) {
    return library.load(track.presetId()).newVoice(
        new LiveConfig(sampleRateHz, 1, track.polyphonyLimit(), track.seed(), track.defaultTimbre()));
  }

  private Sound sound() {
    SampleStore samples = new SampleStore(channels);
    return new Sound(samples, new SampleMeter(channels));
  }

  /** @param peak by which samples are divided */
  private Result file(TapeDocuments documents, Sound sound, String name, float peak, Reservation reservation)
      throws IOException {
    EventTape tape = order.tape();
    SampleMeter level = sound.level();
    double durationSec = (double) level.frames() / tape.sampleRateHz();
    try (Draft draft = bank.draft(reservation)) {
      draft.audio(ByteBuffer.wrap(new WavEncoder(WavFormat.F32, channels, tape.sampleRateHz()).header(level.frames())));
      sound.samples().writeTo(draft, peak);
      String wavHash = draft.sealAudio();
      Document scoreDocument = Document.of(score);
      RenderMeta meta = draft.commit(new NewRender(null, name, order.owner().id(), commit, durationSec,
          new RenderMeta.Summary(null, "exact", tape.bpm(), null), scoreDocument, Document.of(documents.config()),
          Document.of(Json.tree(documents.telemetry(level, peak))),
          Document.of(documents.provenance(scoreDocument.compactHash(), wavHash))));
      return new Result(documents.outcome(level, peak, scoreDocument.compactHash(), wavHash), meta);
    }
  }

  private RenderMonitor telling(RenderMonitor queue) {
    return new RenderMonitor() {
      private double told;

      @Override
      public void progress(long blocksRendered, long totalBlocks) {
        queue.progress(blocksRendered, totalBlocks);
        double fraction = (double) blocksRendered / totalBlocks;
        if (fraction - told >= PROGRESS_STEP) {
          told = fraction;
          progress.accept(fraction);
        }
      }

      @Override
      public boolean cancelled() {
        return queue.cancelled();
      }
    };
  }
}
