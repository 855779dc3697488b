package dev.cantora.daemon.render;

import dev.cantora.api.model.Plan;
import dev.cantora.api.model.PlannedPhoneme;
import dev.cantora.daemon.errors.Issue;
import dev.cantora.daemon.json.Schemas;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.performance.Performance;
import dev.cantora.engine.performance.PlannedSinger;
import dev.cantora.engine.performance.PlannedSpan;
import dev.cantora.engine.performance.articulation.LinePhoneme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Performances between the engine and the wire. A curve that never changes travels as a single value. */
final class PlanMapping {
  private static final float NEUTRAL_EFFORT = 0.8f;
  private static final String PATH = "score.plan.";

  private final List<String> timbres;

  /** @param timbres of the voice, in its order */
  PlanMapping(List<String> timbres) {
    this.timbres = timbres;
  }

  Plan plan(Performance performance) {
    return new Plan(performance.sampleRateHz(), performance.singers().stream().map(singer ->
        new dev.cantora.api.model.PlannedSinger(singer.index(),
            singer.phonemes().stream().map(p -> new PlannedPhoneme(p.symbol(), p.startSec(), p.endSec(), p.strength())).toList(),
            singer.spans().stream().map(this::span).toList())).toList());
  }

  private dev.cantora.api.model.PlannedSpan span(PlannedSpan span) {
    Map<String, List<Double>> weights = new LinkedHashMap<>();
    for (int i = 0; i < timbres.size(); i++) {
      List<Double> curve = curve(column(span.weights(), i));
      if (curve.size() > 1 || curve.getFirst() != 0) {
        weights.put(timbres.get(i), curve);
      }
    }
    return new dev.cantora.api.model.PlannedSpan(Arrays.stream(span.sample()).boxed().toList(), curve(span.f0Hz()),
        curve(span.level()), curve(span.effort()), curve(span.breathiness()), curve(span.tension()), curve(span.formantShift()),
        curve(span.growl()), curve(span.fry()), curve(span.whisper()), curve(span.pan()), curve(span.override()), weights);
  }

  private float[] column(float[] weights, int timbre) {
    float[] column = new float[weights.length / timbres.size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = weights[i * timbres.size() + timbre];
    }
    return column;
  }

  private static List<Double> curve(double[] values) {
    boolean constant = Arrays.stream(values).allMatch(value -> value == values[0]);
    return Arrays.stream(constant ? new double[] {values[0]} : values).boxed().toList();
  }

  private static List<Double> curve(float[] values) {
    double[] exact = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      // the shortest decimal, where reading it as a double does not lose the float
      double shortest = Double.parseDouble(Float.toString(values[i]));
      exact[i] = (float) shortest == values[i] ? shortest : values[i];
    }
    return curve(exact);
  }

  /** @throws dev.cantora.daemon.errors.ApiException INVALID_BODY with the path of what does not fit */
  Performance performance(Plan wire) {
    List<PlannedSinger> singers = new ArrayList<>();
    for (dev.cantora.api.model.PlannedSinger singer : wire.singers()) {
      String path = "singers." + singers.size() + ".";
      List<PlannedSpan> spans = new ArrayList<>();
      for (dev.cantora.api.model.PlannedSpan span : singer.spans()) {
        spans.add(checked(path + "spans." + spans.size() + ".", () -> span(span)));
      }
      List<LinePhoneme> phonemes = singer.phonemes() == null ? List.of() : singer.phonemes().stream()
          .map(p -> new LinePhoneme(p.phoneme(), p.tSec(), p.endSec(), p.strengthOrDefault())).toList();
      singers.add(checked(path, () -> new PlannedSinger(singer.index(), phonemes, spans)));
    }
    return new Performance(wire.sampleRateHz(), singers);
  }

  private static <T> T checked(String path, java.util.function.Supplier<T> make) {
    try {
      return make.get();
    } catch (EngineException wrong) {
      throw Schemas.invalidBody(List.of(new Issue(PATH + path + wrong.path(), wrong.getMessage(), "plan")));
    }
  }

  private PlannedSpan span(dev.cantora.api.model.PlannedSpan wire) {
    int points = wire.atSample().size();
    return new PlannedSpan(wire.atSample().stream().mapToLong(Long::longValue).toArray(), doubles(wire.f0Hz(), points),
        floats(wire.level(), points, 0), floats(wire.effort(), points, NEUTRAL_EFFORT), floats(wire.breathiness(), points, 0),
        floats(wire.tension(), points, 0), floats(wire.formantShift(), points, 0), floats(wire.growl(), points, 0),
        floats(wire.fry(), points, 0), floats(wire.whisper(), points, 0), floats(wire.pan(), points, 0),
        floats(wire.timbreShare(), points, 0), weights(wire.timbres(), points));
  }

  private float[] weights(Map<String, List<Double>> wire, int points) {
    float[] weights = new float[points * timbres.size()];
    Map<String, List<Double>> given = wire == null ? Map.of(timbres.getFirst(), List.of(1.0)) : wire;
    given.forEach((name, curve) -> {
      int timbre = timbres.indexOf(name);
      float[] column = floats(curve, points, 0);
      if (timbre < 0 || column.length != points) {
        throw new EngineException(EngineException.Fault.INVALID_BODY, timbre < 0
            ? "must be one of " + String.join(", ", timbres) : "must have one value, or one for each point", "timbres." + name, Map.of());
      }
      for (int i = 0; i < points; i++) {
        weights[i * timbres.size() + timbre] = column[i];
      }
    });
    return weights;
  }

  /** A single value is repeated; any other number of values is left for the engine to judge. */
  private static double[] doubles(List<Double> curve, int points) {
    double[] values = curve.stream().mapToDouble(Double::doubleValue).toArray();
    if (values.length == 1) {
      double only = values[0];
      values = new double[points];
      Arrays.fill(values, only);
    }
    return values;
  }

  private static float[] floats(List<Double> curve, int points, float absent) {
    double[] values = doubles(curve == null ? List.of((double) absent) : curve, points);
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
