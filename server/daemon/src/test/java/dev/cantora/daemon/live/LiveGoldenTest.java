package dev.cantora.daemon.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.fuzz.RawPeer;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Protocol 1 byte for byte, as a client of the reference implementation sends and expects it. */
@Timeout(60)
class LiveGoldenTest {

  /** {"type":"hello","protocolVersion":1} in a masked text frame. */
  private static final String HELLO = "81a4 01020304"
      + "7a20777d7167213e236a66686d6d21282372"
      + "716b756d606b6d546676726b6c6a23383279";

  @Test
  void aSessionOfVersionOneByteForByte() throws IOException {
    try (LiveServer server = LiveServer.start(); RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.handshake("/ws", "")).isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
          + "Upgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nX-Request-Id: req_test\r\n\r\n");

      assertThat(RawPeer.masked(0x81, "{\"type\":\"hello\",\"protocolVersion\":1}".getBytes()))
          .isEqualTo(HexFormat.of().parseHex(HELLO.replace(" ", "")));
      peer.hex(HELLO);
      RawPeer.Frame ack = text(peer, "hello_ack");
      assertThat(ack.head()).isEqualTo(0x81);
      assertThat(ack.text()).startsWith("{\"type\":\"hello_ack\",\"protocolVersion\":1,\"presetId\":\"default-voice\","
          + "\"timbres\":[\"AH\",\"EE\",\"OO\"],\"sampleRateHz\":48000,\"maxPolyphony\":4,\"blockSize\":512,");

      peer.text("{\"type\":\"transport\",\"command\":\"play\"}");
      assertThat(text(peer, "transport_ack").text()).startsWith("{\"type\":\"transport_ack\",\"state\":\"playing\"");
      for (int seq = 0; seq < 3; seq++) {
        RawPeer.Frame frame = audio(peer);
        assertThat(frame.head()).isEqualTo(0x82);
        assertThat(HexFormat.of().formatHex(frame.payload()))
            .isEqualTo("0" + seq + "000000" + "0100" + "0000" + "80bb0000" + "00020000" + "00000000".repeat(512));
      }

      peer.text("{\"type\":\"note_on\",\"noteId\":\"key-z\",\"midi\":60,\"velocity\":0.8}");
      assertThat(text(peer, "note_ack").text())
          .startsWith("{\"type\":\"note_ack\",\"noteId\":\"key-z\",\"voiceIndex\":0,\"stolen\":false");
      peer.text("{\"type\":\"ping\",\"clientTimestamp\":1234.5}");
      assertThat(text(peer, "pong").text()).startsWith("{\"type\":\"pong\",\"clientTimestamp\":1234.5,\"serverTimestamp\":");
      peer.text("{\"type\":\"transport\",\"command\":\"stop\"}");
      assertThat(text(peer, "transport_ack").text()).startsWith("{\"type\":\"transport_ack\",\"state\":\"stopped\"");

      peer.close(1000);
      RawPeer.Frame bye = peer.next();
      while (bye.opCode() != 8) {
        bye = peer.next();
      }
      assertThat(bye.head()).isEqualTo(0x88);
      assertThat(bye.payload()).containsExactly(0x03, (byte) 0xE8);
      assertThat(peer.read()).as("the TCP connection ends").isNull();
    }
  }

  private static RawPeer.Frame text(RawPeer peer, String type) throws IOException {
    while (true) {
      RawPeer.Frame frame = peer.next();
      if (frame.opCode() == 1 && frame.text().startsWith("{\"type\":\"" + type + "\"")) {
        return frame;
      }
    }
  }

  private static RawPeer.Frame audio(RawPeer peer) throws IOException {
    while (true) {
      RawPeer.Frame frame = peer.next();
      if (frame.opCode() == 2) {
        return frame;
      }
    }
  }
}
