package dev.cantora.engine.synthesis.vectorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelTest {

  private final SampleKernel scalar = Kernels.scalar();
  private final SampleKernel best = Kernels.best();
  private final Random random = new Random(7);

  @Test
  void vectorAndScalarPartialsAreTheSameBits() {
    for (int round = 0; round < 300; round++) {
      int partials = SampleKernel.PADDING * (1 + random.nextInt(8));
      int samples = 1 + random.nextInt(SampleKernel.SEGMENT);
      float[] gain = noise(partials, 0.1f);
      float[] step = noise(partials, 1e-4f);
      int phase = random.nextInt();
      int increment = random.nextInt(1 << 27);
      int glide = random.nextInt(20001) - 10000;
      float[][] a = run(scalar, phase, increment, glide, gain, step, partials, samples);
      float[][] b = run(best, phase, increment, glide, gain, step, partials, samples);
      assertThat(a[0]).isEqualTo(b[0]);
      assertThat(a[1]).isEqualTo(b[1]);
    }
  }

  @Test
  void vectorAndScalarNoiseAreTheSameBits() {
    float[][] loops = new float[24][];
    for (int band = 0; band < loops.length; band++) {
      loops[band] = noise(500, 1f);
    }
    for (int round = 0; round < 200; round++) {
      int[] positions = random.ints(24, 0, 400).toArray();
      float[] gain = noise(24, 0.1f);
      float[] step = round % 2 == 0 ? noise(24, 1e-4f) : new float[24]; // slopes of zero take a way of their own
      int samples = 1 + random.nextInt(SampleKernel.SEGMENT);
      float[] a = new float[SampleKernel.SEGMENT];
      float[] b = new float[SampleKernel.SEGMENT];
      scalar.noise(loops, positions, 2, 23, 17f, gain, step, samples, a);
      best.noise(loops, positions, 2, 23, 17f, gain, step, samples, b);
      assertThat(Arrays.copyOf(a, samples)).isEqualTo(Arrays.copyOf(b, samples));
    }
  }

  @Test
  void vectorAndScalarGainsAreTheSameBits() {
    GainKernel plain = Kernels.scalarGains();
    GainKernel fast = Kernels.bestGains();
    for (int round = 0; round < 300; round++) {
      int count = 1 + random.nextInt(128);
      float[] logs = noise(128, 130f);
      float[] octaves = noise(128, 7f);
      float[] factor = noise(128, 2f);
      float[] a = logs.clone();
      float[] b = logs.clone();
      float base = 3f * random.nextFloat();
      float tilt = 0.5f - random.nextFloat();
      plain.harmonics(a, count, octaves, base, tilt, factor, 0.3f);
      fast.harmonics(b, count, octaves, base, tilt, factor, 0.3f);
      assertThat(Arrays.copyOf(a, count)).isEqualTo(Arrays.copyOf(b, count));
      plain.bands(logs, tilt, 1e-6f, 24, a);
      fast.bands(logs, tilt, 1e-6f, 24, b);
      assertThat(Arrays.copyOf(a, 24)).isEqualTo(Arrays.copyOf(b, 24));
    }
  }

  @Test
  void vectorAndScalarEnvelopesAreTheSameBits() {
    GainKernel plain = Kernels.scalarGains();
    GainKernel fast = Kernels.bestGains();
    for (int round = 0; round < 500; round++) {
      float[] envelope = noise(2 + random.nextInt(200), 20f);
      float stride = 6f * random.nextFloat();
      float silent = round % 3 == 0 ? 30f : -15f;
      int most = 1 + random.nextInt(128);
      float[] a = new float[128];
      float[] b = new float[128];
      int sounding = plain.sample(envelope, stride, silent, -30f, new int[128], a, most);
      assertThat(fast.sample(envelope, stride, silent, -30f, new int[128], b, most)).isEqualTo(sounding);
      assertThat(Arrays.copyOf(a, most)).isEqualTo(Arrays.copyOf(b, most));
      for (int k = sounding; k < most; k++) {
        assertThat(a[k]).as("beyond the last that sounds").isEqualTo(-30f);
      }
      assertThat(sounding == 0 || a[sounding - 1] > silent).isTrue();
    }
  }

  @Test
  void vectorAndScalarSumsAreTheSameBits() {
    for (int round = 0; round < 200; round++) {
      int samples = 1 + random.nextInt(SampleKernel.SEGMENT);
      int at = random.nextInt(100);
      float[] segment = noise(SampleKernel.SEGMENT, 1f);
      float[] a = noise(at + samples, 1f); // no room behind what is added
      float[] b = a.clone();
      scalar.add(segment, samples, a, at);
      best.add(segment, samples, b, at);
      scalar.add(segment, samples, 0.7f, -0.01f, a, at);
      best.add(segment, samples, 0.7f, -0.01f, b, at);
      assertThat(a).isEqualTo(b);
    }
  }

  @Test
  void vectorAndScalarBreathAreTheSameBits() {
    for (int round = 0; round < 200; round++) {
      int samples = 1 + random.nextInt(SampleKernel.SEGMENT);
      float[] noise = noise(SampleKernel.SEGMENT, 1f);
      float[] fundamental = noise(SampleKernel.SEGMENT, 1f);
      float[] a = noise(SampleKernel.SEGMENT, 1f);
      float[] b = a.clone();
      scalar.addBreath(noise, fundamental, 0.9f, 0.4f, samples, a);
      best.addBreath(noise, fundamental, 0.9f, 0.4f, samples, b);
      assertThat(Arrays.copyOf(a, samples)).isEqualTo(Arrays.copyOf(b, samples));
    }
  }

  @Test
  void everyPartialIsASineToBetterThanMinus100Decibels() {
    for (int partial = 1; partial <= 80; partial++) {
      float[] gain = new float[80];
      gain[partial - 1] = SampleKernel.rowSign(partial);
      double worst = 0;
      for (int round = 0; round < 300; round++) {
        int phase = random.nextInt();
        int increment = random.nextInt(1 << 26);
        float[] out = run(best, phase, increment, 0, gain, new float[80], 80, 64)[0];
        for (int i = 0; i < out.length; i++) {
          double turns = (double) (phase + i * increment) / 0x1p32;
          worst = Math.max(worst, Math.abs(out[i] - Math.sin(2 * Math.PI * partial * turns)));
        }
      }
      assertThat(20 * Math.log10(worst)).as("partial %d", partial).isLessThan(-100);
    }
  }

  private static float[][] run(SampleKernel kernel, int phase, int increment, int glide, float[] gain, float[] step,
      int partials, int samples) {
    float[] out = new float[SampleKernel.SEGMENT];
    float[] fundamental = new float[SampleKernel.SEGMENT];
    kernel.partials(phase, increment, glide, 5f, gain, step, partials, samples, out, fundamental);
    return new float[][] {Arrays.copyOf(out, samples), Arrays.copyOf(fundamental, samples)};
  }

  private float[] noise(int size, float scale) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = scale * (2 * random.nextFloat() - 1);
    }
    return values;
  }
}
