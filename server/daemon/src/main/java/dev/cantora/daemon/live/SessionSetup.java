package dev.cantora.daemon.live;

import dev.cantora.api.live.Controller;
import dev.cantora.api.live.HelloAck;
import dev.cantora.daemon.audio.FrameFormat;
import java.util.List;

/**
 * What a hello agreed on. Made on the socket's thread, as voices, encoders and buffers take time to make.
 *
 * @param chain made for it, nothing rendered yet
 * @param player of its blocks
 * @param format of the frames
 * @param eventDelayMs at which events with a client's time sound
 */
record SessionSetup(VoiceChain chain, Player player, FrameFormat format, double eventDelayMs) {

  static final int PROTOCOL_VERSION = 1;

  int sampleRateHz() {
    return chain.settings().sampleRateHz();
  }

  int channels() {
    return chain.settings().channels();
  }

  int blockSize() {
    return player.schedule().blockSize();
  }

  /** The session as it stands. @param now the chain in use, whose preset may have changed since the hello */
  HelloAck acknowledge(VoiceChain now, String sessionId) {
    boolean opus = format == FrameFormat.OPUS;
    return HelloAck.builder().protocolVersion(PROTOCOL_VERSION).presetId(now.instrument().presetId())
        .timbres(now.instrument().timbres()).sampleRateHz(sampleRateHz())
        .maxPolyphony(now.settings().maxPolyphony()).blockSize(blockSize()).sessionId(sessionId)
        .frameFormat(WireTypes.of(format)).channels(channels())
        .packetMs(opus ? blockSize() * 1000 / sampleRateHz() : null).eventDelayMs(eventDelayMs)
        .serverTimestamp(System.currentTimeMillis()).controllers(List.of(Controller.values())).build();
  }
}
