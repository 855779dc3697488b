package dev.cantora.daemon.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recording while it grows: the samples that were played, in chunks of a second so that growing never copies. For one
 * thread; afterwards read-only.
 */
final class Take {

  /** Longest recording. */
  static final int MAX_SEC = 60;

  private final int sampleRateHz;
  private final int channels;
  private final long startSample;
  private final long capFrames;
  private final List<float[]> chunks = new ArrayList<>(MAX_SEC);
  private final int chunkSize;
  private long frames;
  private float peak;
  private float maxDelta;
  private long maxDeltaFrame;
  private final float[] previous;
  private int voicesMax;

  /** @param startSample position of the chain at which the recording begins */
  Take(int sampleRateHz, int channels, long startSample) {
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.startSample = startSample;
    this.capFrames = (long) MAX_SEC * sampleRateHz;
    this.chunkSize = sampleRateHz * channels;
    this.previous = new float[channels];
  }

  /**
   * Appends a block, or as much of it as the cap leaves room for.
   *
   * @return whether the take is full
   */
  boolean append(float[] interleaved, int blockFrames, int voicesActive) {
    int taken = (int) Math.min(blockFrames, capFrames - frames);
    voicesMax = Math.max(voicesMax, voicesActive);
    measure(interleaved, taken);
    int count = taken * channels;
    long at = frames * channels;
    for (int done = 0; done < count; ) {
      int chunk = (int) ((at + done) / chunkSize);
      int offset = (int) ((at + done) % chunkSize);
      if (chunk == chunks.size()) {
        chunks.add(new float[chunkSize]);
      }
      int part = Math.min(count - done, chunkSize - offset);
      System.arraycopy(interleaved, done, chunks.get(chunk), offset, part);
      done += part;
    }
    frames += taken;
    return frames == capFrames;
  }

  long startSample() {
    return startSample;
  }

  long frames() {
    return frames;
  }

  int channels() {
    return channels;
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  double durationSec() {
    return (double) frames / sampleRateHz;
  }

  /** Greatest magnitude. */
  float peak() {
    return peak;
  }

  /** Greatest step between neighbouring samples of a channel. */
  float maxDelta() {
    return maxDelta;
  }

  long maxDeltaFrame() {
    return maxDeltaFrame;
  }

  int voicesMax() {
    return voicesMax;
  }

  /** What saved samples are multiplied with: up to full scale, never down; silence stays as it is. */
  float gain() {
    return peak > 0 && peak < 1 ? 1 / peak : 1;
  }

  /** Chunks of interleaved samples in order; the last one is cut to length. */
  List<float[]> chunks() {
    List<float[]> whole = new ArrayList<>(chunks);
    long used = frames * channels - (long) (chunks.size() - 1) * chunkSize;
    if (!whole.isEmpty() && used < chunkSize) {
      whole.set(whole.size() - 1, Arrays.copyOf(whole.getLast(), (int) used));
    }
    return whole;
  }

  private void measure(float[] interleaved, int blockFrames) {
    for (int i = 0; i < blockFrames * channels; i++) {
      int channel = i % channels;
      float delta = Math.abs(interleaved[i] - previous[channel]);
      peak = Math.max(peak, Math.abs(interleaved[i]));
      if (delta > maxDelta && (frames > 0 || i >= channels)) {
        maxDelta = delta;
        maxDeltaFrame = frames + i / channels;
      }
      previous[channel] = interleaved[i];
    }
  }
}
