package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.Provenance;
import dev.cantora.api.model.ProvenanceConfig;
import dev.cantora.api.model.RenderConfig;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.api.model.RenderTelemetry;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.Document;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.bank.NewRender;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.Reservation;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.telemetry.Tracing;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.Renderer;
import dev.cantora.engine.score.Score;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** What the job of a score does: words to phonemes, phonemes to samples, samples to a stored WAV file. */
final class RenderWork {
  private final Renderer renderer;
  private final OrderWords words;
  private final Bank bank;
  private final String commit;
  private final Results results;

  RenderWork(Renderer renderer, OrderWords words, Bank bank, String commit, Results results) {
    this.renderer = renderer;
    this.words = words;
    this.bank = bank;
    this.commit = commit;
    this.results = results;
  }

  /** @param trace told of the steps {@code phonemize}, {@code render} and {@code store} */
  QueuedWork.Result run(RenderOrder order, Reservation reservation, RenderMonitor monitor, Tracing.Request trace) throws IOException {
    if (!results.kept()) {
      return make(order, reservation, monitor, trace);
    }
    String hash = words.fingerprint(order, commit);
    Results.Filing filing = new Results.Filing(order.keep() ? null : order.owner().id(), order.name(), order.owner().id());
    Optional<QueuedWork.Result> earlier = results.find(hash, filing, reservation);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    QueuedWork.Result made = make(order, reservation, monitor, trace);
    results.made(hash, made);
    return made;
  }

  private QueuedWork.Result make(RenderOrder order, Reservation reservation, RenderMonitor monitor, Tracing.Request trace)
      throws IOException {
    return order.config().normalizeOrDefault() == RenderConfig.Normalize.PEAK
        ? normalized(order, reservation, monitor, trace)
        : direct(order, reservation, monitor, trace, draft -> { });
  }

  /** Samples are kept until the peak is known. */
  private QueuedWork.Result normalized(RenderOrder order, Reservation reservation, RenderMonitor monitor, Tracing.Request trace)
      throws IOException {
    long startNs = System.nanoTime();
    OrderWords.Sung sung = phonemize(order, trace);
    try (Draft draft = bank.draft(reservation); Papers papers = new Papers(order, sung.score(), draft).begin();
        SampleStore samples = new SampleStore(order.config().channelsOrDefault())) {
      draft.audio(header(order));
      RenderStats stats = sing(order, sung.score(), monitor, samples, trace);
      double renderMs = (System.nanoTime() - startNs) / 1e6;
      float peak = stats.peak() > 0 ? stats.peak() : 1f;
      try (Tracing.Step store = trace.step("store")) {
        samples.writeTo(draft, peak);
        return file(order, new Done(sung, papers, stats, peak, renderMs), draft, monitor);
      }
    }
  }

  /** Samples are written as they come. @param begun told when the draft exists, before the first sample */
  QueuedWork.Result direct(RenderOrder order, Reservation reservation, RenderMonitor monitor, Tracing.Request trace,
      Consumer<Draft> begun) throws IOException {
    long startNs = System.nanoTime();
    try (Draft draft = bank.draft(reservation)) {
      draft.audio(header(order));
      begun.accept(draft);
      OrderWords.Sung sung = phonemize(order, trace);
      DraftSink sink = new DraftSink(draft, order.config().channelsOrDefault());
      try (Papers papers = new Papers(order, sung.score(), draft)) {
        RenderStats stats = sing(order, sung.score(), monitor, (samples, frames) -> {
          sink.accept(samples, frames);
          papers.sung(frames);
        }, trace);
        double renderMs = (System.nanoTime() - startNs) / 1e6;
        try (Tracing.Step store = trace.step("store")) {
          sink.finish();
          return file(order, new Done(sung, papers, stats, 1f, renderMs), draft, monitor);
        }
      } finally {
        sink.finish();
      }
    }
  }

  private OrderWords.Sung phonemize(RenderOrder order, Tracing.Request trace) {
    try (Tracing.Step step = trace.step("phonemize")) {
      return words.sing(order);
    }
  }

  private RenderStats sing(RenderOrder order, Score sung, RenderMonitor monitor, PcmSink sink, Tracing.Request trace)
      throws IOException {
    dev.cantora.engine.RenderConfig config = ScoreMapping.config(order.config());
    try (Tracing.Step step = trace.step("render")) {
      return order.performance() == null ? renderer.render(sung, order.voice(), config, monitor, sink)
          : renderer.render(sung, order.performance(), order.voice(), config, monitor, sink);
    }
  }

  private static ByteBuffer header(RenderOrder order) {
    return ByteBuffer.wrap(order.wav().header(order.frames()));
  }

  /** @param peak what the samples were divided by */
  private record Done(OrderWords.Sung sung, Papers papers, RenderStats stats, float peak, double renderMs) {}

  private QueuedWork.Result file(RenderOrder order, Done done, Draft draft, RenderMonitor monitor) {
    RenderStats stats = done.stats();
    if (stats.frames() != order.frames()) {
      throw new IllegalStateException("announced " + order.frames() + " frames, sang " + stats.frames());
    }
    String wavHash = draft.sealAudio();
    if (monitor.cancelled()) {
      throw new ApiException(ErrorCode.RENDER_CANCELLED);
    }
    Document score = done.papers().score();
    RenderOutcome outcome = new RenderOutcome(stats.durationSec(), telemetry(order, stats, done.peak(), done.renderMs()),
        provenance(order, score.compactHash(), wavHash), done.sung().warnings().isEmpty() ? null : done.sung().warnings(), null);
    RenderMeta meta = draft.commit(new NewRender(order.keep() ? null : order.owner().id(), order.name(), order.owner().id(),
        commit, stats.durationSec(), summary(order), score, done.papers().config(),
        Document.of(Json.tree(outcome.telemetry())), Document.of(Json.tree(outcome.provenance()))));
    return new QueuedWork.Result(outcome, meta);
  }

  private static RenderTelemetry telemetry(RenderOrder order, RenderStats stats, float peak, double renderMs) {
    double endSec = order.score().endSec();
    Double peakDbfs = stats.peak() > 0 ? Double.valueOf(20 * Math.log10(stats.peak())) : null;
    return new RenderTelemetry(stats.maxAbsDelta() / peak, stats.maxDeltaFrame(),
        (double) stats.maxDeltaFrame() / stats.sampleRateHz(), stats.frames(), stats.blocks(), stats.durationSec(), endSec,
        endSec, ScoreMapping.TAIL_SEC, renderMs, renderMs / 1000 / stats.durationSec(), peakDbfs, stats.voicesMax());
  }

  private Provenance provenance(RenderOrder order, String scoreHash, String wavHash) {
    RenderConfig config = order.config();
    return new Provenance(commit, scoreHash, wavHash,
        new ProvenanceConfig(order.sampleRateHz(), config.blockSizeOrDefault(), order.voice().id() + "/voicepreset.json",
            ProvenanceConfig.Deterministic.valueOf(config.deterministicOrDefault().name()), config.rngSeedOrDefault(),
            order.defaultTimbre(), config.maxPolyphonyOrDefault(), config.channelsOrDefault(),
            ProvenanceConfig.Normalize.valueOf(config.normalizeOrDefault().name()), config.choir()),
        order.voice().id(), order.voice().contentHash());
  }

  private static RenderMeta.Summary summary(RenderOrder order) {
    return new RenderMeta.Summary(order.config().maxPolyphonyOrDefault(), order.config().deterministicOrDefault().wire(),
        order.score().bpm(), order.voice().id());
  }
}
