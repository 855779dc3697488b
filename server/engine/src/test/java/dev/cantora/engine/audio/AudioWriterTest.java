package dev.cantora.engine.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jaredmdobson.concentus.OpusDecoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.gagravarr.opus.OpusAudioData;
import org.gagravarr.opus.OpusFile;
import org.jflac.FLACDecoder;
import org.jflac.PCMProcessor;
import org.jflac.metadata.StreamInfo;
import org.jflac.util.ByteData;
import org.junit.jupiter.api.Test;

/** Every format, decoded again by somebody else's decoder. */
class AudioWriterTest {

  /** A chord that comes and goes, with some noise, and full scale once. */
  private record Tone(int channels, int sampleRateHz, float[] samples) implements Pcm {

    static Tone of(int channels, int sampleRateHz, int frames) {
      float[] samples = new float[frames * channels];
      Random random = new Random(5);
      for (int i = 0; i < frames; i++) {
        double t = (double) i / sampleRateHz;
        for (int c = 0; c < channels; c++) {
          samples[i * channels + c] = (float) (0.6 * Math.sin(2 * Math.PI * 440 * t) * Math.sin(3 * t) + 0.2 * Math.sin(2 * Math.PI * (600 + 50 * c) * t)
              + 0.01 * random.nextGaussian());
        }
      }
      samples[frames / 2 * channels] = 1f;
      samples[frames / 2 * channels + channels] = -1f;
      return new Tone(channels, sampleRateHz, samples);
    }

    @Override
    public long frames() {
      return samples.length / channels;
    }

    @Override
    public Reader open() {
      return new Reader() {
        private int at;

        @Override
        public int read(float[] interleaved, int most) {
          int frames = Math.min(most, samples.length / channels - at);
          System.arraycopy(samples, at * channels, interleaved, 0, frames * channels);
          at += frames;
          return frames;
        }

        @Override
        public void close() {}
      };
    }
  }

  private static byte[] write(AudioFormat format, Pcm pcm) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AudioWriter.write(format, pcm, out);
    return out.toByteArray();
  }

  @Test
  void flacIsLosslessAt24Bits() throws IOException {
    for (Tone tone : new Tone[] {Tone.of(1, 48000, 48000 + 123), Tone.of(2, 44100, 5000), Tone.of(1, 48000, 4096 * 130), Tone.of(1, 48000, 3)}) {
      byte[] flac = write(AudioFormat.FLAC, tone);
      float[] decoded = new float[tone.samples().length];
      int[] count = new int[1];
      FLACDecoder decoder = new FLACDecoder(new ByteArrayInputStream(flac));
      decoder.addPCMProcessor(new PCMProcessor() {
        @Override
        public void processStreamInfo(StreamInfo info) {
          assertThat(info.getSampleRate()).isEqualTo(tone.sampleRateHz());
          assertThat(info.getChannels()).isEqualTo(tone.channels());
          assertThat(info.getBitsPerSample()).isEqualTo(24);
          assertThat(info.getTotalSamples()).isEqualTo(tone.frames());
        }

        @Override
        public void processPCM(ByteData pcm) {
          for (int i = 0; i < pcm.getLen(); i += 3) {
            int value = pcm.getData(i) & 0xFF | (pcm.getData(i + 1) & 0xFF) << 8 | pcm.getData(i + 2) << 16;
            decoded[count[0]++] = value / 8388608f;
          }
        }
      });
      decoder.decode();
      assertThat(count[0]).isEqualTo(decoded.length);
      for (int i = 0; i < decoded.length; i++) {
        assertThat(Math.abs((double) decoded[i] - Math.min(tone.samples()[i], 1 - 0x1p-23))).isLessThanOrEqualTo(0x1p-24);
      }
      if (tone.frames() > 4096) {
        assertThat(flac.length).as("smaller than 24 bits a sample").isLessThan(3 * decoded.length);
      }
      assertThat(write(AudioFormat.FLAC, tone)).isEqualTo(flac);
    }
  }

  @Test
  void opusKeepsTheLengthAndTheTone() throws Exception {
    for (Tone tone : new Tone[] {Tone.of(1, 48000, 100_001), Tone.of(2, 44100, 50_000)}) {
      byte[] ogg = write(AudioFormat.OGG_OPUS, tone);
      assertThat(write(AudioFormat.OGG_OPUS, tone)).isEqualTo(ogg);
      OpusFile file = new OpusFile(new org.gagravarr.ogg.OggFile(new ByteArrayInputStream(ogg)));
      int channels = file.getInfo().getNumChannels();
      assertThat(channels).isEqualTo(tone.channels());
      int preSkip = file.getInfo().getPreSkip();
      OpusDecoder decoder = new OpusDecoder(48000, channels);
      short[] all = new short[(int) (tone.frames() * 48000 / tone.sampleRateHz() + 10_000) * channels];
      int decoded = 0;
      long granule = 0;
      for (OpusAudioData data = file.getNextAudioPacket(); data != null; data = file.getNextAudioPacket()) {
        byte[] packet = data.getData();
        decoded += decoder.decode(packet, 0, packet.length, all, decoded * channels, 5760, false);
        granule = data.getGranulePosition();
      }
      long frames = (tone.frames() * 48000 + tone.sampleRateHz() - 1) / tone.sampleRateHz();
      assertThat(granule - preSkip).as("length that players give").isEqualTo(frames);
      double signal = 0;
      double error = 0;
      for (int i = 5000; i < frames - 5000; i++) {
        double t = (double) i / 48000;
        double clean = 0.6 * Math.sin(2 * Math.PI * 440 * t) * Math.sin(3 * t) + 0.2 * Math.sin(2 * Math.PI * 600 * t);
        double got = all[(i + preSkip) * channels] / 32767.0;
        signal += clean * clean;
        error += (got - clean) * (got - clean);
      }
      assertThat(10 * Math.log10(signal / error)).as("signal over error, dB").isGreaterThan(15);
    }
  }

  @Test
  void wavOfIntegersIsWithinHalfAStep() throws IOException {
    Tone tone = Tone.of(2, 48000, 1000);
    ByteBuffer s16 = ByteBuffer.wrap(write(AudioFormat.WAV_S16, tone)).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer s24 = ByteBuffer.wrap(write(AudioFormat.WAV_S24, tone)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(s16.getShort(20)).isEqualTo((short) 1);
    assertThat(s24.getShort(34)).isEqualTo((short) 24);
    for (int i = 0; i < tone.samples().length; i++) {
      assertThat(Math.abs(s16.getShort(44 + 2 * i) / 32768.0 - Math.min(tone.samples()[i], 1 - 0x1p-15))).isLessThanOrEqualTo(0x1p-16);
      int value = s24.get(44 + 3 * i) & 0xFF | (s24.get(45 + 3 * i) & 0xFF) << 8 | s24.get(46 + 3 * i) << 16;
      assertThat(Math.abs(value / 8388608.0 - Math.min(tone.samples()[i], 1 - 0x1p-23))).isLessThanOrEqualTo(0x1p-24);
    }
    byte[] floats = write(AudioFormat.WAV_F32, tone);
    WavPcm read = new WavPcm(() -> new ByteArrayInputStream(floats));
    assertThat(read.frames()).isEqualTo(1000);
    assertThat(write(AudioFormat.WAV_F32, read)).isEqualTo(floats);
  }
}
