package dev.cantora.daemon.render;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.model.LanePoint;
import dev.cantora.api.model.Lanes;
import dev.cantora.api.model.PhonemeKind;
import dev.cantora.api.model.PitchGlide;
import dev.cantora.api.model.UnisonChoir;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.Unison;
import dev.cantora.engine.score.Curve;
import dev.cantora.engine.score.Expression;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import dev.cantora.engine.score.TimedPhoneme;
import dev.cantora.engine.score.Vibrato;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From the wire's score and configuration to the engine's, with the contract's defaults. */
public final class ScoreMapping {
  /** Silence and release after the last note of a render over HTTP. */
  public static final double TAIL_SEC = 0.3;

  /** Score formats that are understood; the first is meant when a score states none. */
  private static final List<String> VERSIONS = List.of("1.0.0");

  private ScoreMapping() {}

  /** Score formats that are understood. */
  public static List<String> versions() {
    return VERSIONS;
  }

  /** @param formatVersion as the score states it, or null @throws ApiException UNSUPPORTED_SCORE_VERSION */
  public static void requireSupported(String formatVersion) {
    if (formatVersion != null && !VERSIONS.contains(formatVersion)) {
      throw ApiException.builder(ErrorCode.UNSUPPORTED_SCORE_VERSION)
          .detail("scoreVersion", formatVersion).detail("supportedVersions", VERSIONS).build();
    }
  }

  public static Score score(dev.cantora.api.model.Score wire) {
    return new Score(wire.bpm(), wire.notes().stream().map(ScoreMapping::note).toList(),
        wire.lyrics() == null ? null : new Lyrics(wire.lyrics().text(), wire.lyrics().language()),
        wire.phonemes() == null ? null : wire.phonemes().stream().map(ScoreMapping::phoneme).toList(),
        lanes(wire.lanes()), wire.dictionary());
  }

  private static Note note(dev.cantora.api.model.Note wire) {
    return new Note(wire.id(), wire.startSec(), wire.durationSec(), wire.midi(), wire.velocityOrDefault(), wire.timbre(),
        vibrato(wire.vibrato()),
        wire.portamentoSecOrDefault(), wire.panOrDefault(), wire.breathiness(), wire.lyric(),
        new Expression(glide(wire.scoop()), glide(wire.fall()), wire.tension(), wire.formantShift(), wire.growl(), wire.fry(),
            wire.whisper()));
  }

  private static Expression.Glide glide(PitchGlide wire) {
    return wire == null ? null : new Expression.Glide(wire.cents(), wire.durationSec());
  }

  /** Null stays null: the voice's own. */
  public static Vibrato vibrato(dev.cantora.api.model.Vibrato wire) {
    return wire == null ? null : new Vibrato(wire.rateHz(), wire.depthCents(), wire.onsetSec());
  }

  private static TimedPhoneme phoneme(dev.cantora.api.model.Phoneme wire) {
    return new TimedPhoneme(wire.tSec(), wire.durSec(), wire.phoneme(), wire.kind() == PhonemeKind.VOWEL,
        wire.timbreHint(), wire.strengthOrDefault(), wire.noteId());
  }

  private static dev.cantora.engine.score.Lanes lanes(Lanes wire) {
    if (wire == null) {
      return dev.cantora.engine.score.Lanes.NONE;
    }
    Map<String, Curve> morph = new HashMap<>();
    if (wire.timbreMorph() != null) {
      wire.timbreMorph().forEach((timbre, points) -> {
        if (!points.isEmpty()) {
          morph.put(timbre, curve(points));
        }
      });
    }
    return new dev.cantora.engine.score.Lanes(curve(wire.dynamics()), curve(wire.breathiness()), curve(wire.tension()),
        curve(wire.pitchBend()), curve(wire.formantShift()), curve(wire.growl()), curve(wire.fry()), curve(wire.whisper()),
        morph);
  }

  /** An empty lane is an absent one. */
  private static Curve curve(List<LanePoint> points) {
    return points == null || points.isEmpty() ? null
        : new Curve(points.stream().map(point -> new Curve.Point(point.tSec(), point.value())).toList());
  }

  private static Unison unison(UnisonChoir wire) {
    return wire == null ? Unison.SOLO : new Unison(wire.singers(), wire.detuneCentsOrDefault(), wire.timingMsOrDefault() / 1000,
        wire.widthOrDefault());
  }

  public static RenderConfig config(dev.cantora.api.model.RenderConfig wire) {
    return new RenderConfig(wire.blockSizeOrDefault(), wire.rngSeedOrDefault(), wire.defaultTimbre(),
        wire.maxPolyphonyOrDefault(), wire.channelsOrDefault(), wire.sampleRateHz() == null ? 0 : wire.sampleRateHz(),
        TAIL_SEC, unison(wire.choir()));
  }
}
