package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.fuzz.RawPeer;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases after the sections of the Autobahn test suite: 1 framing, 2 pings, 3 reserved bits, 4 opcodes, 5 fragments, 6 UTF-8,
 * 7 closing, 9 sizes, 10 automatic fragments. Against an endpoint that echoes texts.
 *
 * <p>Left out: binary messages are accepted but not echoed, since neither protocol has any from clients; messages beyond
 * 64 KiB (most of section 9) end with 1009, since that is the limit; sections 12 and 13 test compression, which is not offered.
 */
class AutobahnCasesTest {
  private static final int LIMIT = SocketUpgrader.MAX_MESSAGE_BYTES;
  private static final String TEN_PINGS = "2.10 ten pings";
  private static WebServer server;
  private static Heartbeat heartbeat;

  /** @param sent frames; @param echoes texts that come back; @param closeCode of the daemon's close frame, 0 when it stays open */
  record Case(String name, byte[] sent, List<String> echoes, List<String> pongs, int closeCode) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() {
    heartbeat = new Heartbeat(Duration.ofMinutes(5), 2);
    SocketUpgrader upgrader = new SocketUpgrader(Map.of("/echo", connection -> new SocketListener() {
      @Override
      public void text(String message) {
        byte[] echo = message.getBytes(StandardCharsets.UTF_8);
        connection.send(() -> echo);
      }

      @Override
      public void binary(int lengthBytes) {}

      @Override
      public void closed(int code, String reason) {}
    }), heartbeat, headers -> "req_test");
    server = WebServer.builder().port(0).host("127.0.0.1").protocolsDiscoverServices(false)
        .addConnectionSelector(Http1ConnectionSelector.builder().config(Http1Config.create()).putUpgrader("websocket", upgrader).build())
        .connectionOptions(options -> options.tcpNoDelay(true)).build().start();
  }

  @AfterAll
  static void stop() {
    server.stop();
    heartbeat.close();
  }

  private static byte[] frame(int head, byte[] payload) {
    return RawPeer.masked(head, payload);
  }

  private static byte[] frame(int head, String text) {
    return frame(head, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] all(byte[]... frames) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] each : frames) {
      joined.writeBytes(each);
    }
    return joined.toByteArray();
  }

  private static Case echoes(String name, List<String> echoes, byte[]... frames) {
    return new Case(name, all(frames), echoes, List.of(), 0);
  }

  private static Case ends(String name, int closeCode, byte[]... frames) {
    return new Case(name, all(frames), List.of(), List.of(), closeCode);
  }

  private static byte[] close(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return frame(0x88, payload);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    int[] sizes = {0, 125, 126, 127, 128, 65_535, LIMIT};
    for (int i = 0; i < sizes.length; i++) {
      String text = "*".repeat(sizes[i]);
      cases.add(echoes("1.1." + (i + 1) + " text of " + sizes[i], List.of(text), frame(0x81, text)));
      cases.add(echoes("1.2." + (i + 1) + " binary of " + sizes[i], List.of("after"), frame(0x82, text), frame(0x81, "after")));
    }
    pings(cases);
    for (int bit : new int[] {0x40, 0x20, 0x10, 0x30, 0x50, 0x60, 0x70}) {
      cases.add(ends("3 text with reserved bits " + bit, 1002, frame(0x81 | bit, "x")));
      cases.add(ends("3 ping with reserved bits " + bit, 1002, frame(0x89 | bit, "")));
      cases.add(ends("3 close with reserved bits " + bit, 1002, frame(0x88 | bit, "")));
      cases.add(ends("3 binary with reserved bits " + bit, 1002, frame(0x82 | bit, "x")));
    }
    for (int opcode : new int[] {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
      cases.add(ends("4 opcode " + opcode, 1002, frame(0x80 | opcode, "")));
      cases.add(ends("4 opcode " + opcode + " with payload", 1002, frame(0x80 | opcode, "payload")));
    }
    fragments(cases);
    utf8(cases);
    closing(cases);
    for (int size : new int[] {1024, 4096, 16_384, LIMIT}) {
      String text = "ü".repeat(size / 2);
      cases.add(echoes("9 text of " + size, List.of(text), frame(0x81, text)));
      cases.add(echoes("9 text of " + size + " in fragments of 64", List.of("#".repeat(size)), chopped("#".repeat(size), Math.max(64, size / 200))));
    }
    cases.add(ends("9 beyond the limit", 1009, frame(0x81, "x".repeat(LIMIT + 1))));
    cases.add(ends("9 beyond the limit in fragments", 1009, frame(0x01, "x".repeat(LIMIT)), frame(0x80, "x")));
    cases.add(ends("9 beyond the limit by its head alone", 1009, hex("81 ff 7fffffffffffffff 00000000")));
    cases.add(echoes("10.1.1 in fragments of 1300", List.of("*".repeat(LIMIT)), chopped("*".repeat(LIMIT), 1300)));
    return cases.stream();
  }

  private static void pings(List<Case> cases) {
    byte[] binary = hex("00 ff fe fd fc fb 00 ff");
    String latin = new String(binary, StandardCharsets.ISO_8859_1);
    cases.add(new Case("2.1 empty ping", frame(0x89, ""), List.of(), List.of(""), 0));
    cases.add(new Case("2.2 ping with text", frame(0x89, "Hello, world!"), List.of(), List.of("Hello, world!"), 0));
    cases.add(new Case("2.3 ping with bytes", frame(0x89, binary), List.of(), List.of(latin), 0));
    cases.add(new Case("2.4 ping of 125", frame(0x89, "p".repeat(125)), List.of(), List.of("p".repeat(125)), 0));
    cases.add(ends("2.5 ping of 126", 1002, frame(0x89, "p".repeat(126))));
    cases.add(echoes("2.7 unasked pong", List.of("x"), frame(0x8A, ""), frame(0x81, "x")));
    cases.add(echoes("2.8 unasked pong with payload", List.of("x"), frame(0x8A, "payload"), frame(0x81, "x")));
    cases.add(new Case("2.9 unasked pong, then ping", all(frame(0x8A, "no"), frame(0x89, "yes")), List.of(), List.of("yes"), 0));
    byte[][] ten = new byte[10][];
    for (int i = 0; i < 10; i++) {
      ten[i] = frame(0x89, "ping " + i);
    }
    // RFC 6455, 5.5.3: only the latest of several pings need be answered
    cases.add(new Case(TEN_PINGS, all(ten), List.of(), List.of("ping 9"), 0));
  }

  private static byte[][] chopped(String text, int size) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<byte[]> frames = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      int to = Math.min(bytes.length, from + size);
      frames.add(frame((from == 0 ? 0x01 : 0x00) | (to == bytes.length ? 0x80 : 0), Arrays.copyOfRange(bytes, from, to)));
    }
    return frames.toArray(byte[][]::new);
  }

  private static void fragments(List<Case> cases) {
    byte[] first = frame(0x01, "one ");
    byte[] last = frame(0x80, "two");
    cases.add(ends("5.1 ping in fragments", 1002, frame(0x09, "a"), frame(0x80, "b")));
    cases.add(ends("5.2 pong in fragments", 1002, frame(0x0A, "a"), frame(0x80, "b")));
    cases.add(echoes("5.3 text in two fragments", List.of("one two"), first, last));
    cases.add(new Case("5.6 ping between fragments", all(first, frame(0x89, "ping"), last), List.of("one two"), List.of("ping"), 0));
    cases.add(echoes("5.6 pong between fragments", List.of("one two"), first, frame(0x8A, "pong"), last));
    cases.add(ends("5.9 stray last fragment", 1002, last));
    cases.add(ends("5.10 stray last fragment, then text", 1002, last, frame(0x81, "x")));
    cases.add(ends("5.12 stray fragment in the middle", 1002, frame(0x00, "x")));
    cases.add(ends("5.18 two beginnings", 1002, first, frame(0x81, "x")));
    cases.add(ends("5.18 two beginnings of other kinds", 1002, first, frame(0x02, "x")));
    cases.add(echoes("5.19 five fragments", List.of("12345"), frame(0x01, "1"), frame(0x00, "2"), frame(0x00, "3"), frame(0x00, "4"), frame(0x80, "5")));
    cases.add(echoes("5 empty fragments", List.of("x"), frame(0x01, ""), frame(0x00, "x"), frame(0x80, "")));
    cases.add(ends("5 unmasked frame", 1002, hex("81 01 78")));
  }

  private static void utf8(List<Case> cases) {
    cases.add(echoes("6.1.1 empty text", List.of(""), frame(0x81, "")));
    cases.add(echoes("6.1.2 three empty fragments", List.of(""), frame(0x01, ""), frame(0x00, ""), frame(0x80, "")));
    for (String valid : List.of("Hello-µ@ßöäüàá-UTF-8!!", "κόσμε", "\u0000", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud800\udc00",
        "\udbff\udfff", "\ud7ff", "\ue000", "\ufffd", "\ufffe")) {
      byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
      cases.add(echoes("6 valid " + HexFormat.of().formatHex(bytes), List.of(valid), frame(0x81, bytes)));
      byte[][] single = new byte[bytes.length][];
      for (int i = 0; i < bytes.length; i++) {
        single[i] = frame((i == 0 ? 0x01 : 0) | (i == bytes.length - 1 ? 0x80 : 0), new byte[] {bytes[i]});
      }
      cases.add(echoes("6.2 byte by byte " + HexFormat.of().formatHex(bytes), List.of(valid), single));
    }
    for (String invalid : List.of("cebae1bdb9cf83cebcceb5eda080656469746564", "f4908080", "f88888808080", "fc8484848484", "fe", "ff",
        "80", "bf", "8080bfbf", "c0", "e0", "c080", "e08080", "f0808080", "c0af", "e09fbf", "f08fbfbf", "eda080", "edbfbf",
        "eda080edb080", "f5808080", "c320", "e28028", "61e282")) {
      cases.add(ends("6 invalid " + invalid, 1007, frame(0x81, hex(invalid))));
    }
    // told at the first wrong byte, though the message goes on
    cases.add(ends("6.4 invalid in the first of two fragments", 1007, frame(0x01, hex("cebaf4908080"))));
    cases.add(ends("6.4 invalid across fragments", 1007, frame(0x01, hex("ceba f4")), frame(0x00, hex("90"))));
  }

  private static void closing(List<Case> cases) {
    cases.add(new Case("7.1.1 text, then close", all(frame(0x81, "x"), close(1000, "")), List.of("x"), List.of(), 1000));
    cases.add(ends("7.1.2 two closes", 1000, close(1000, ""), close(1000, "")));
    cases.add(ends("7.1.3 ping after close", 1000, close(1000, ""), frame(0x89, "late")));
    cases.add(ends("7.1.4 text after close", 1000, close(1000, ""), frame(0x81, "late")));
    cases.add(ends("7.1.5 close between fragments", 1000, frame(0x01, "one"), close(1000, ""), frame(0x80, "two")));
    cases.add(ends("7.3.1 empty close", 1000, frame(0x88, "")));
    cases.add(ends("7.3.2 close of one byte", 1002, frame(0x88, "x")));
    cases.add(ends("7.3.4 close with reason", 1000, close(1000, "Hello, world!")));
    cases.add(ends("7.3.5 close with the longest reason", 1000, close(1000, "x".repeat(123))));
    cases.add(ends("7.3.6 close with a longer reason", 1002, close(1000, "x".repeat(124))));
    cases.add(ends("7.5.1 reason is no UTF-8", 1007, frame(0x88, hex("03e8 cebaedbfbf"))));
    for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
      cases.add(ends("7.7 close code " + code, code, close(code, "")));
    }
    for (int code : new int[] {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535}) {
      cases.add(ends("7.9 close code " + code, 1002, close(code, "")));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aCaseEndsAsTheRfcSays(Case testCase) throws IOException {
    try (RawPeer peer = RawPeer.connected(server.port(), "/echo")) {
      peer.bytes(testCase.sent());
      expect(peer, testCase);
    }
  }

  /** 1.1.7, 2.6, 2.11, 5.5, 5.8: the same bytes, however they are cut. */
  @Test
  void whatArrivesByteByByteMeansTheSame() throws IOException {
    for (Case each : cases().filter(each -> each.sent().length < 300).toList()) {
      try (RawPeer peer = RawPeer.connected(server.port(), "/echo")) {
        for (byte b : each.sent()) {
          try {
            peer.bytes(new byte[] {b});
          } catch (IOException cutOff) {
            break; // closed in the middle of what was wrong
          }
        }
        expect(peer, each);
      }
    }
  }

  private static void expect(RawPeer peer, Case expected) throws IOException {
    List<String> echoes = new ArrayList<>();
    List<String> pongs = new ArrayList<>();
    if (expected.closeCode() == 0) {
      peer.frame(0x81, "the end".getBytes(StandardCharsets.UTF_8));
    }
    for (RawPeer.Frame frame = peer.next(); ; frame = peer.next()) {
      assertThat(frame).as("%s: something is answered", expected).isNotNull();
      if (frame.opCode() == 8) {
        assertThat(frame.closeCode()).as(expected.name()).isEqualTo(expected.closeCode());
        break;
      } else if (frame.opCode() == 10) {
        pongs.add(new String(frame.payload(), StandardCharsets.ISO_8859_1));
      } else if (expected.closeCode() == 0 && frame.text().equals("the end")) {
        break;
      } else {
        echoes.add(frame.text());
      }
    }
    assertThat(echoes).as(expected.name()).isEqualTo(expected.echoes());
    assertThat(expected.name().equals(TEN_PINGS) ? pongs.subList(pongs.size() - 1, pongs.size()) : pongs)
        .as(expected.name()).isEqualTo(expected.pongs());
  }
}
