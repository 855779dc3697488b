package dev.cantora.daemon.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.fuzz.RawPeer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the Autobahn suite's sections 1-5, 7 and 9 that apply to a server of text messages without extensions. */
class FrameParserTest {

  private static final int CAP = 1000;
  private final List<String> heard = new ArrayList<>();
  private final FrameParser parser = new FrameParser(new Recorder(heard), CAP);

  @Test
  void textOfAnyLengthUpToTheCapArrivesWhole() throws ProtocolViolation {
    for (int length : new int[] {0, 1, 125, 126, 127, 128, 999, 1000}) {
      feed(RawPeer.masked(0x81, "*".repeat(length).getBytes(StandardCharsets.UTF_8)));
      assertThat(heard.removeFirst()).isEqualTo("text " + "*".repeat(length));
    }
  }

  @Test
  void messageOverTheCapIsTooBigAsOneFrameAndInFragments() {
    assertThat(codeOf(RawPeer.masked(0x81, new byte[CAP + 1]))).isEqualTo(CloseCode.TOO_BIG);
    FrameParser fresh = new FrameParser(new Recorder(heard), CAP);
    assertThat(codeOf(fresh, RawPeer.masked(0x01, new byte[CAP]), RawPeer.masked(0x80, new byte[1])))
        .isEqualTo(CloseCode.TOO_BIG);
  }

  @Test
  void aDeclaredLengthOverTheCapIsRefusedBeforeItsPayloadArrives() {
    assertThat(codeOf(HexFormat.of().parseHex("81ff0000000040000000" + "00000000"))).isEqualTo(CloseCode.TOO_BIG);
  }

  @Test
  void fragmentsBecomeOneMessageWithControlFramesBetween() throws ProtocolViolation {
    feed(RawPeer.masked(0x01, bytes("Hel")));
    feed(RawPeer.masked(0x89, bytes("are you there")));
    feed(RawPeer.masked(0x00, bytes("")));
    feed(RawPeer.masked(0x80, bytes("lo")));
    assertThat(heard).containsExactly("ping are you there", "text Hello");
  }

  @Test
  void aCharacterMayBeSplitAcrossFragments() throws ProtocolViolation {
    byte[] euro = bytes("€");
    feed(RawPeer.masked(0x01, new byte[] {euro[0]}));
    feed(RawPeer.masked(0x00, new byte[] {euro[1]}));
    feed(RawPeer.masked(0x80, new byte[] {euro[2]}));
    assertThat(heard).containsExactly("text €");
  }

  @Test
  void anySplitOfTheByteStreamGivesTheSameMessages() throws ProtocolViolation {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.writeBytes(RawPeer.masked(0x81, bytes("first")));
    stream.writeBytes(RawPeer.masked(0x8A, bytes("")));
    stream.writeBytes(RawPeer.masked(0x01, bytes("x".repeat(300))));
    stream.writeBytes(RawPeer.masked(0x89, bytes("p")));
    stream.writeBytes(RawPeer.masked(0x80, bytes("ü")));
    stream.writeBytes(RawPeer.masked(0x82, new byte[200]));
    stream.writeBytes(RawPeer.masked(0x88, HexFormat.of().parseHex("03e8")));
    byte[] all = stream.toByteArray();
    List<String> expected = List.of("text first", "pong ", "ping p", "text " + "x".repeat(300) + "ü", "binary 200",
        "close 1000 ");
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<String> here = new ArrayList<>();
      FrameParser fresh = new FrameParser(new Recorder(here), CAP);
      for (int at = 0; at < all.length; ) {
        int to = Math.min(all.length, at + 1 + random.nextInt(round % 7 == 0 ? 1 : 40));
        fresh.feed(all, at, to);
        at = to;
      }
      assertThat(here).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({
      "unmasked frame,              8100",
      "reserved bit 1,              c18000000000",
      "reserved bit 2,              a18000000000",
      "reserved bit 3,              918000000000",
      "reserved data op code,       838000000000",
      "reserved control op code,    8b8000000000",
      "stray final continuation,    808000000000",
      "stray open continuation,     008000000000",
      "fragmented ping,             098000000000",
      "fragmented close,            088000000000",
      "ping over 125 bytes,         89fe007e00000000",
      "close over 125 bytes,        88fe007e00000000",
      "16-bit length below 126,     81fe007d00000000",
      "64-bit length below 65536,   81ff000000000000ffff00000000",
      "64-bit length below zero,    81ff800000000000000000000000",
      "close of one byte,           888100000000" + "03",
  })
  void brokenFramesAreProtocolErrors(String what, String hex) {
    assertThat(codeOf(HexFormat.of().parseHex(hex))).as(what).isEqualTo(CloseCode.PROTOCOL_ERROR);
  }

  @Test
  void aStrayContinuationAfterAWholeMessageIsAProtocolError() {
    assertThat(codeOf(RawPeer.masked(0x81, bytes("whole")), RawPeer.masked(0x80, bytes("stray"))))
        .isEqualTo(CloseCode.PROTOCOL_ERROR);
  }

  @Test
  void aNewMessageInsideAMessageIsAProtocolError() {
    assertThat(codeOf(RawPeer.masked(0x01, bytes("open")), RawPeer.masked(0x81, bytes("new"))))
        .isEqualTo(CloseCode.PROTOCOL_ERROR);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1014, 3000, 3999, 4000, 4999})
  void permittedCloseCodesArriveWithTheirReason(int code) throws ProtocolViolation {
    feed(RawPeer.masked(0x88, close(code, "why")));
    assertThat(heard).containsExactly("close " + code + " why");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
  void otherCloseCodesAreProtocolErrors(int code) {
    assertThat(codeOf(RawPeer.masked(0x88, close(code, "")))).isEqualTo(CloseCode.PROTOCOL_ERROR);
  }

  @Test
  void anEmptyCloseHasNoStatus() throws ProtocolViolation {
    feed(RawPeer.masked(0x88, new byte[0]));
    feed(RawPeer.masked(0x81, bytes("ignored after close")));
    assertThat(heard).containsExactly("close 1005 ");
  }

  @Test
  void aCloseReasonMustBeUtf8() {
    assertThat(codeOf(RawPeer.masked(0x88, new byte[] {3, (byte) 0xE8, (byte) 0xC0}))).isEqualTo(CloseCode.INVALID_DATA);
  }

  @Test
  void invalidUtf8IsKnownAtTheFirstWrongByte() {
    byte[] start = RawPeer.masked(0x01, HexFormat.of().parseHex("cebaf4908080"));
    // the fourth byte of the payload makes it wrong; the frame's rest never arrives
    assertThat(codeOf(java.util.Arrays.copyOf(start, start.length - 2))).isEqualTo(CloseCode.INVALID_DATA);
  }

  @Test
  void aTextMayNotEndInsideACharacter() {
    assertThat(codeOf(RawPeer.masked(0x81, HexFormat.of().parseHex("e282")))).isEqualTo(CloseCode.INVALID_DATA);
  }

  @Test
  void aMessageInTooManyFragmentsIsRefused() {
    List<byte[]> flood = new ArrayList<>();
    flood.add(RawPeer.masked(0x01, bytes("")));
    for (int i = 0; i < 5000; i++) {
      flood.add(RawPeer.masked(0x00, bytes("")));
    }
    assertThat(codeOf(flood.toArray(byte[][]::new))).isEqualTo(CloseCode.TOO_BIG);
  }

  @Property(tries = 2000)
  void utf8IsJudgedAsTheJdkDoes(@ForAll @Size(max = 12) byte[] bytes) {
    assertThat(accepted(bytes)).isEqualTo(acceptedByJdk(bytes));
  }

  @Test
  void everyTwoAndThreeByteStartIsJudgedAsTheJdkDoes() {
    for (int first = 0x80; first < 0x100; first++) {
      for (int second = 0; second < 0x100; second++) {
        for (byte[] tail : new byte[][] {{}, {(byte) 0x80}, {(byte) 0xBF, (byte) 0x80}}) {
          byte[] candidate = new byte[2 + tail.length];
          candidate[0] = (byte) first;
          candidate[1] = (byte) second;
          System.arraycopy(tail, 0, candidate, 2, tail.length);
          assertThat(accepted(candidate)).as(HexFormat.of().formatHex(candidate)).isEqualTo(acceptedByJdk(candidate));
        }
      }
    }
  }

  @Property(tries = 3000)
  void noBytesWhateverBreakTheParser(@ForAll @Size(max = 64) byte[] bytes) {
    codeOf(new FrameParser(new Recorder(new ArrayList<>()), CAP), bytes);
  }

  private static boolean accepted(byte[] bytes) {
    Utf8Check check = new Utf8Check();
    return check.accept(bytes, 0, bytes.length) && check.complete();
  }

  private static boolean acceptedByJdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
      return true;
    } catch (java.nio.charset.CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] close(int code, String reason) {
    byte[] text = bytes(reason);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }

  private void feed(byte[] frame) throws ProtocolViolation {
    parser.feed(frame, 0, frame.length);
  }

  private int codeOf(byte[]... frames) {
    return codeOf(parser, frames);
  }

  private static int codeOf(FrameParser parser, byte[]... frames) {
    try {
      for (byte[] frame : frames) {
        parser.feed(frame, 0, frame.length);
      }
      return 0;
    } catch (ProtocolViolation e) {
      return e.closeCode();
    }
  }

  private record Recorder(List<String> heard) implements FrameParser.Sink {
    @Override
    public void text(String message) {
      heard.add("text " + message);
    }

    @Override
    public void binary(int lengthBytes) {
      heard.add("binary " + lengthBytes);
    }

    @Override
    public void ping(byte[] payload) {
      heard.add("ping " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void pong(byte[] payload) {
      heard.add("pong " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void close(int code, String reason) {
      heard.add("close " + code + " " + reason);
    }
  }
}
