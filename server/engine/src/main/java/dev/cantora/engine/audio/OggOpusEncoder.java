package dev.cantora.engine.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.gagravarr.ogg.OggFile;
import org.gagravarr.ogg.OggPacketWriter;
import org.gagravarr.opus.OpusAudioData;
import org.gagravarr.opus.OpusInfo;
import org.gagravarr.opus.OpusTags;

/**
 * Opus in an Ogg stream (RFC 7845): packets of 20 ms from Concentus, pages from VorbisJava. The encoder's look-ahead is
 * declared as pre-skip and the last granule position cuts the padding, so players give exactly the samples that were sung.
 */
final class OggOpusEncoder {
  private static final int RATE_HZ = 48_000;
  private static final int FRAME = 960;
  private static final int MAX_PACKET_BYTES = 1275;
  private static final int BITS_PER_SECOND_PER_CHANNEL = 96_000;
  private static final int PACKETS_PER_PAGE = 50;
  private static final int STREAM_ID = 0x43414E54; // fixed, so that the same audio gives the same bytes

  private final Pcm pcm;

  OggOpusEncoder(Pcm pcm) {
    this.pcm = pcm.sampleRateHz() == RATE_HZ ? pcm : new RateConverter(pcm);
  }

  void write(OutputStream out) throws IOException {
    int channels = pcm.channels();
    OpusEncoder encoder = encoder(channels);
    int preSkip = encoder.getLookahead();
    OpusInfo head = new OpusInfo();
    head.setNumChannels(channels);
    head.setPreSkip(preSkip);
    head.setSampleRate(pcm.sampleRateHz());
    OggPacketWriter pages = new OggFile(out).getPacketWriter(STREAM_ID);
    pages.bufferPacket(head.write(), true);
    OpusTags tags = new OpusTags();
    tags.setVendor("cantora");
    pages.bufferPacket(tags.write(), true);
    float[] block = new float[FRAME * channels];
    short[] shorts = new short[block.length];
    byte[] packet = new byte[MAX_PACKET_BYTES];
    long total = pcm.frames() + preSkip;
    try (Pcm.Reader reader = pcm.open()) {
      int inPage = 0;
      for (long done = 0; done < total; done += FRAME) {
        int frames = reader.read(block, FRAME);
        Arrays.fill(block, frames * channels, block.length, 0f);
        for (int i = 0; i < block.length; i++) {
          shorts[i] = (short) Math.rint(Math.max(-32768f, Math.min(32767f, block[i] * 32767f)));
        }
        int length = encode(encoder, shorts, packet);
        pages.bufferPacket(new OpusAudioData(Arrays.copyOf(packet, length)).write(), Math.min(done + FRAME, total));
        if (++inPage == PACKETS_PER_PAGE) {
          pages.flush();
          inPage = 0;
        }
      }
    }
    pages.close();
  }

  private static OpusEncoder encoder(int channels) {
    try {
      OpusEncoder encoder = new OpusEncoder(RATE_HZ, channels, OpusApplication.OPUS_APPLICATION_AUDIO);
      encoder.setBitrate(BITS_PER_SECOND_PER_CHANNEL * channels);
      encoder.setComplexity(8);
      return encoder;
    } catch (OpusException onlyOneOrTwoChannels) {
      throw new IllegalArgumentException(onlyOneOrTwoChannels);
    }
  }

  private static int encode(OpusEncoder encoder, short[] block, byte[] packet) {
    try {
      return encoder.encode(block, 0, FRAME, packet, 0, packet.length);
    } catch (OpusException blocksOf20MsCanAlwaysBeEncoded) {
      throw new IllegalStateException(blocksOf20MsCanAlwaysBeEncoded);
    }
  }
}
