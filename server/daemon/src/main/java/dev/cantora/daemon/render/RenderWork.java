package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.cantora.daemon.dictionary.Dictionaries;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.lyrics.WirePhonemes;
import dev.cantora.engine.RenderMonitor;
import dev.cantora.engine.RenderStats;
import dev.cantora.engine.Renderer;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Score;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What the job of a score does: words to phonemes, phonemes to samples, samples to a stored WAV file. */
final class RenderWork {
  private final Renderer renderer;
  private final Phonemizer phonemizer;
  private final Dictionaries dictionaries;
  private final Bank bank;
  private final String commit;

  RenderWork(Renderer renderer, Phonemizer phonemizer, Dictionaries dictionaries, Bank bank, String commit) {
    this.renderer = renderer;
    this.phonemizer = phonemizer;
    this.dictionaries = dictionaries;
    this.bank = bank;
    this.commit = commit;
  }

  QueuedWork.Result run(RenderOrder order, Reservation reservation, RenderMonitor monitor) throws IOException {
    long startNs = System.nanoTime();
    PlanDesk.Sung words = PlanDesk.words(order, phonemizer, dictionaries);
    Score sung = words.score();
    try (SampleStore samples = new SampleStore(order.config().channelsOrDefault())) {
      dev.cantora.engine.RenderConfig config = ScoreMapping.config(order.config());
      RenderStats stats = order.performance() == null
          ? renderer.render(sung, order.voice(), config, monitor, samples)
          : renderer.render(sung, order.performance(), order.voice(), config, monitor, samples);
      double renderMs = (System.nanoTime() - startNs) / 1e6;
      boolean scaled = order.config().normalizeOrDefault() == RenderConfig.Normalize.PEAK && stats.peak() > 0;
      float peak = scaled ? stats.peak() : 1f;
      try (Draft draft = bank.draft(reservation)) {
        draft.audio(ByteBuffer.wrap(new WavEncoder(WavFormat.F32, stats.channels(), stats.sampleRateHz()).header(stats.frames())));
        samples.writeTo(draft, peak);
        String wavHash = draft.sealAudio();
        if (monitor.cancelled()) {
          throw new ApiException(ErrorCode.RENDER_CANCELLED);
        }
        Document score = Document.of(scoreTree(order, sung));
        RenderOutcome outcome = new RenderOutcome(stats.durationSec(), telemetry(order, stats, peak, renderMs),
            provenance(order, score.compactHash(), wavHash), words.warnings().isEmpty() ? null : words.warnings());
        RenderMeta meta = draft.commit(new NewRender(order.keep() ? null : order.owner().id(), order.name(), order.owner().id(),
            commit, stats.durationSec(), summary(order), score, Document.of(Json.tree(order.fullConfig())),
            Document.of(Json.tree(outcome.telemetry())), Document.of(Json.tree(outcome.provenance()))));
        return new QueuedWork.Result(outcome, meta);
      }
    }
  }

  private static ObjectNode scoreTree(RenderOrder order, Score sung) {
    if (sung.phonemes() == order.score().phonemes()) {
      return order.scoreTree();
    }
    ObjectNode tree = order.scoreTree().deepCopy();
    tree.set("phonemes", Json.tree(sung.phonemes().stream().map(WirePhonemes::of).toList()));
    return tree;
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
