package dev.cantora.daemon.live;

import dev.cantora.engine.audio.SampleMeter;
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
  private final SampleMeter meter;
  private int voicesMax;

  /** @param startSample position of the chain at which the recording begins */
  Take(int sampleRateHz, int channels, long startSample) {
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.startSample = startSample;
    this.capFrames = (long) MAX_SEC * sampleRateHz;
    this.chunkSize = sampleRateHz * channels;
    this.meter = new SampleMeter(channels);
  }

  /**
   * Appends a block, or as much of it as the cap leaves room for.
   *
   * @return whether the take is full
   */
  boolean append(float[] interleaved, int blockFrames, int voicesActive) {
    int taken = (int) Math.min(blockFrames, capFrames - frames());
    voicesMax = Math.max(voicesMax, voicesActive);
    int count = taken * channels;
    long at = frames() * channels;
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
    meter.measure(interleaved, taken);
    return frames() == capFrames;
  }

  long startSample() {
    return startSample;
  }

  long frames() {
    return meter.frames();
  }

  int channels() {
    return channels;
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  double durationSec() {
    return (double) frames() / sampleRateHz;
  }

  /** Greatest magnitude. */
  float peak() {
    return meter.peak();
  }

  /** Greatest step between neighbouring samples of a channel. */
  float maxDelta() {
    return meter.maxDelta();
  }

  long maxDeltaFrame() {
    return meter.maxDeltaFrame();
  }

  int voicesMax() {
    return voicesMax;
  }

  /** What saved samples are multiplied with: up to full scale, never down; silence stays as it is. */
  float gain() {
    return peak() > 0 && peak() < 1 ? 1 / peak() : 1;
  }

  /** Chunks of interleaved samples in order; the last one is cut to length. */
  List<float[]> chunks() {
    List<float[]> whole = new ArrayList<>(chunks);
    long used = frames() * channels - (long) (chunks.size() - 1) * chunkSize;
    if (!whole.isEmpty() && used < chunkSize) {
      whole.set(whole.size() - 1, Arrays.copyOf(whole.getLast(), (int) used));
    }
    return whole;
  }
}
