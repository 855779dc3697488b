package dev.cantora.daemon.jam.time;

import java.util.ArrayList;
import java.util.List;

/**
 * Tempo and metre along the song line, counted in samples. Immutable: a change gives a new map.
 *
 * <p>A change of tempo goes on within the measure; a change of metre begins a new one. A jump (seek or loop) keeps the
 * counting of what was played before and carries the current tempo and metre along.
 */
public final class TempoMap {

  private static final double SECONDS_PER_MINUTE = 60;

  /**
   * @param startSample where it begins on the song line
   * @param bpm quarter beats a minute
   * @param measure number of the measure in which it begins, from 0
   * @param beat position within that measure in beats, from 0
   */
  public record Segment(long startSample, double bpm, TimeSignature signature, long measure, double beat) {}

  /** @param measure from 0 @param beat within the measure, from 0, fractional */
  public record Position(long measure, double beat) {}

  /** A beat line. @param beat within the measure, from 0 @param downbeat first of the measure */
  public record Beat(long sample, long measure, int beat) {
    public boolean downbeat() {
      return beat == 0;
    }
  }

  private final int sampleRateHz;
  private final List<Segment> segments;

  private TempoMap(int sampleRateHz, List<Segment> segments) {
    this.sampleRateHz = sampleRateHz;
    this.segments = List.copyOf(segments);
  }

  public static TempoMap constant(int sampleRateHz, double bpm, TimeSignature signature) {
    return new TempoMap(sampleRateHz, List.of(new Segment(0, bpm, signature, 0, 0)));
  }

  /** @param segments of another map, in order, at least one */
  public static TempoMap of(int sampleRateHz, List<Segment> segments) {
    return new TempoMap(sampleRateHz, segments);
  }

  public List<Segment> segments() {
    return segments;
  }

  /** Tempo and metre in force at the end of the line. */
  public Segment current() {
    return segments.getLast();
  }

  /** The map with another tempo or metre from a sample on; what was planned behind it is dropped. */
  public TempoMap changed(long atSample, double bpm, TimeSignature signature) {
    return from(atSample, bpm, signature);
  }

  /** The map after a jump to a sample: the counting there as before, tempo and metre those of now. */
  public TempoMap jumped(long toSample) {
    return from(toSample, current().bpm(), current().signature());
  }

  public Position at(long sample) {
    return positionIn(segmentAt(sample), sample);
  }

  /** The first beat line at or after a sample. */
  public Beat nextBeat(long fromSample) {
    Segment segment = segmentAt(fromSample);
    double beatsIn = segment.beat() + beatsBetween(segment, fromSample);
    long line = (long) Math.ceil(beatsIn - 1e-9);
    long sample = sampleOf(segment, line);
    if (sample < fromSample) {
      sample = sampleOf(segment, ++line);
    }
    int num = segment.signature().num();
    Segment owner = segmentAt(sample);
    if (owner != segment) {
      // a change lies before that line: the next line is the changed segment's
      return nextBeat(owner.startSample());
    }
    return new Beat(sample, segment.measure() + Math.floorDiv(line, num), (int) Math.floorMod(line, num));
  }

  /** The grid line nearest to a sample, never negative. @param gridBeats distance of lines in beats, greater than 0 */
  public long nearestGridLine(long sample, double gridBeats) {
    Segment segment = segmentAt(sample);
    double beatsIn = segment.beat() + beatsBetween(segment, sample);
    double line = Math.rint(beatsIn / gridBeats) * gridBeats;
    return Math.max(0, segment.startSample() + Math.round((line - segment.beat()) * samplesPerBeat(segment)));
  }

  /** Length of some measures in samples at the tempo and metre of now. */
  public long measureSamples(int measures) {
    return Math.round(measures * current().signature().num() * samplesPerBeat(current()));
  }

  /** Length of a beat in samples at the tempo of now, rounded. */
  public long beatSamples() {
    return Math.round(samplesPerBeat(current()));
  }

  private TempoMap from(long atSample, double bpm, TimeSignature signature) {
    Segment before = segmentAt(atSample);
    Position position = positionIn(before, atSample);
    boolean newMetre = !signature.equals(before.signature());
    boolean midMeasure = position.beat() > 1e-9;
    Segment next = newMetre
        ? new Segment(atSample, bpm, signature, position.measure() + (midMeasure ? 1 : 0), 0)
        : new Segment(atSample, bpm, signature, position.measure(), position.beat());
    List<Segment> kept = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.startSample() < atSample) {
        kept.add(segment);
      }
    }
    kept.add(next);
    return new TempoMap(sampleRateHz, kept);
  }

  private Position positionIn(Segment segment, long sample) {
    double beats = segment.beat() + beatsBetween(segment, sample);
    int num = segment.signature().num();
    double measures = Math.floor(beats / num);
    return new Position(segment.measure() + (long) measures, beats - measures * num);
  }

  private double beatsBetween(Segment segment, long sample) {
    return (sample - segment.startSample()) / samplesPerBeat(segment);
  }

  private long sampleOf(Segment segment, long line) {
    return segment.startSample() + Math.round((line - segment.beat()) * samplesPerBeat(segment));
  }

  private double samplesPerBeat(Segment segment) {
    return sampleRateHz * SECONDS_PER_MINUTE / segment.bpm();
  }

  private Segment segmentAt(long sample) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).startSample() <= sample) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return segments.get(low);
  }
}
