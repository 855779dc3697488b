package dev.cantora.engine.synthesis;

import dev.cantora.engine.performance.ControlPoint;
import dev.cantora.engine.performance.ControlTrack;
import dev.cantora.engine.performance.PhaseLaw;
import dev.cantora.engine.performance.articulation.Articulator;
import dev.cantora.engine.synthesis.vectorization.GainKernel;
import dev.cantora.engine.synthesis.vectorization.SampleKernel;
import dev.cantora.engine.voice.NoiseBands;
import dev.cantora.engine.voice.SpectralFrame;
import dev.cantora.engine.voice.SpectralGrid;

/**
 * Control points to samples: the one voice that sings offline, live and in jams. It keeps nothing from track to track but
 * buffers, so that one serves any number of singers; what it adds to the mix depends on the track, the mouth, the seed, the
 * sample clock and, for tracks that go on, what the singer has reached.
 */
public final class SingerSynth {

  /** Edges of articulation closer than this are taken together. */
  private static final int SHORTEST_RAMP = 16;
  /** Depth of the glottal modulation of breath, and the factor that keeps its RMS. */
  private static final float BREATH_MODULATION = 0.5f;
  private static final float BREATH_SCALE = 0.9428090f;

  /** Singers' noises lie up to 8192 samples apart: far enough to be independent, near enough to share the cache. */
  private static final int NOISE_SHIFT_BITS = 51;

  private final SampleKernel kernel;
  private final NoiseBank bank;
  private final int sampleRateHz;
  private final PhaseLaw law;
  private final GainShaper shaper;
  private final ControlPoint controls;
  private final Roughness roughness = new Roughness();
  private SourceGains from;
  private SourceGains to = new SourceGains();
  private final float[] partialStep = new float[SourceGains.MAX_PARTIALS];
  private final float[] noiseStep = new float[NoiseBands.COUNT];
  private final float[] breathStep = new float[NoiseBands.COUNT];
  private final int[] positions = new int[NoiseBands.COUNT];
  private final float[] voiced = new float[SampleKernel.SEGMENT];
  private final float[] noise = new float[SampleKernel.SEGMENT];
  private final float[] fundamental = new float[SampleKernel.SEGMENT];

  public SingerSynth(SampleKernel kernel, GainKernel gains, NoiseBank bank, SpectralGrid grid, int timbres, int sampleRateHz) {
    this.kernel = kernel;
    this.bank = bank;
    this.sampleRateHz = sampleRateHz;
    this.law = new PhaseLaw(sampleRateHz);
    this.shaper = new GainShaper(grid, sampleRateHz, gains);
    this.controls = new ControlPoint(timbres);
  }

  /**
   * Adds one singer's stretch to a mix.
   *
   * @param origin sample that lies at index 0 of the mix
   * @param seed moves this singer's noise away from others'
   * @param reached left at the end of the last span
   */
  public void sing(ControlTrack track, Articulator mouth, long seed, long origin, Mix mix, Reached reached) {
    from = reached.gains;
    for (int span = 0; span < track.spans; span++) {
      int first = track.spanStart[span];
      reached.mouthChanged();
      gainsAt(track, first, 0, track.sample[first], mouth, reached.frames);
      swap();
      span(track, span, mouth, seed, origin, mix, reached.frames);
    }
    reached.gains = from;
  }

  /**
   * As {@link #sing} for a track of one span that goes on where the last one ended: gains go on from those reached then,
   * even when the mouth has been told something else since, so that no event can make a step.
   */
  public void singOn(ControlTrack track, Articulator mouth, long seed, long origin, Mix mix, Reached reached) {
    from = reached.gains;
    span(track, 0, mouth, seed, origin, mix, reached.frames);
    reached.gains = from;
  }

  private void span(ControlTrack track, int span, Articulator mouth, long seed, long origin, Mix mix, FrameSource frames) {
    long phase = track.spanPhase[span];
    int first = track.spanStart[span];
    int end = track.spanEnd(span);
    bank.seek(track.sample[first], seed >>> NOISE_SHIFT_BITS, positions);
    for (int point = first; point + 1 < end; point++) {
      phase = stretch(track, point, mouth, seed, phase, origin, mix, frames);
    }
  }

  /** From one control point to the next, with a stop at every edge of articulation between. Returns the phase reached. */
  private long stretch(ControlTrack track, int point, Articulator mouth, long seed, long phase, long origin, Mix mix,
      FrameSource frames) {
    long start = track.sample[point];
    int length = (int) (track.sample[point + 1] - start);
    law.stretch(track.f0Hz[point], track.f0Hz[point + 1], length);
    int at = 0;
    long segmentPhase = phase;
    int segmentStart = 0;
    while (at < length) {
      int next = nextStop(start, at, length, mouth, frames);
      gainsAt(track, point, next == length ? 1 : (double) next / length, start + next, mouth, frames);
      ramps(next - at);
      int offset = 0;
      while (at < next) {
        int segmentLength = Math.min(PhaseLaw.SEGMENT, length - segmentStart);
        int increment = law.increment(segmentStart);
        int glide = law.glide(segmentStart, segmentLength);
        int samples = Math.min(segmentStart + segmentLength, next) - at;
        int into = at - segmentStart;
        long here = PhaseLaw.advance(segmentPhase, increment, glide, into);
        segment(track, point, seed, here, increment + into * glide, glide, offset, samples);
        mix.add(kernel, voiced, (int) (start + at - origin), samples, track.pan[point], track.pan[point + 1], at, length);
        bank.advance(samples, positions);
        at += samples;
        offset += samples;
        if (at == segmentStart + segmentLength) {
          segmentPhase = PhaseLaw.advance(segmentPhase, increment, glide, segmentLength);
          segmentStart = at;
        }
      }
      swap();
    }
    return segmentPhase;
  }

  private int nextStop(long start, int at, int length, Articulator mouth, FrameSource frames) {
    if (length - at <= SHORTEST_RAMP || frames.isSteadyUntil((double) (start + length) / sampleRateHz)) {
      return length;
    }
    double edgeSec = mouth.nextEdgeSec((double) (start + at) / sampleRateHz);
    if (!(edgeSec * sampleRateHz < start + length)) {
      return length;
    }
    int edge = Math.max(at + SHORTEST_RAMP, (int) ((long) (edgeSec * sampleRateHz + 0.5) - start));
    return length - edge < SHORTEST_RAMP ? length : edge;
  }

  /** Gains into {@link #to}. @param part of the way from the point to the next */
  private void gainsAt(ControlTrack track, int point, double part, long sample, Articulator mouth, FrameSource frames) {
    controls.setBetween(track, point, part);
    SpectralFrame frame = frames.at((double) sample / sampleRateHz, controls, mouth);
    shaper.shape(frame, controls, to);
  }

  private void swap() {
    SourceGains swap = from;
    from = to;
    to = swap;
  }

  private void ramps(int samples) {
    float scale = 1f / samples;
    int partials = Math.max(from.partials, to.partials);
    int padded = (partials + SampleKernel.PADDING - 1) / SampleKernel.PADDING * SampleKernel.PADDING;
    for (int k = 0; k < padded; k++) {
      partialStep[k] = (to.partial[k] - from.partial[k]) * scale;
    }
    ramp(from.noise, to.noise, scale, noiseStep);
    ramp(from.breath, to.breath, scale, breathStep);
  }

  private static void ramp(SourceGains.Bands from, SourceGains.Bands to, float scale, float[] step) {
    if (from.audible() || to.audible()) {
      for (int band = 0; band < step.length; band++) {
        step[band] = (to.gain[band] - from.gain[band]) * scale;
      }
    }
  }

  /** One segment into {@link #voiced}. @param offset samples since {@link #from} held */
  private void segment(ControlTrack track, int point, long seed, long phase, int increment, int glide, int offset, int samples) {
    int partials = Math.max(from.partials, to.partials);
    boolean hasVoice = partials > 0;
    if (hasVoice) {
      int padded = (partials + SampleKernel.PADDING - 1) / SampleKernel.PADDING * SampleKernel.PADDING;
      kernel.partials((int) phase, increment, glide, offset, from.partial, partialStep, padded, samples, voiced, fundamental);
    } else {
      java.util.Arrays.fill(voiced, 0, samples, 0f);
    }
    if (from.breath.audible() || to.breath.audible()) {
      noise(from.breath, to.breath, breathStep, offset, samples);
      if (hasVoice) {
        kernel.addBreath(noise, fundamental, BREATH_SCALE, BREATH_MODULATION * BREATH_SCALE, samples, voiced);
      } else {
        kernel.add(noise, samples, voiced, 0);
      }
    }
    float growl = Math.max(track.growl[point], track.growl[point + 1]);
    float fry = Math.max(track.fry[point], track.fry[point + 1]);
    if (growl > 0f || fry > 0f) {
      roughness.apply(voiced, samples, phase, increment, growl, fry, seed);
    }
    if (from.noise.audible() || to.noise.audible()) {
      noise(from.noise, to.noise, noiseStep, offset, samples);
      kernel.add(noise, samples, voiced, 0);
    }
  }

  /** The bands that can be heard at either end, into {@link #noise}: each is a stream through memory. */
  private void noise(SourceGains.Bands start, SourceGains.Bands end, float[] step, int offset, int samples) {
    int first = start.audible() && end.audible() ? Math.min(start.first, end.first) : start.audible() ? start.first : end.first;
    kernel.noise(bank.loops(), positions, first, Math.max(start.end, end.end), offset, start.gain, step, samples, noise);
  }
}
