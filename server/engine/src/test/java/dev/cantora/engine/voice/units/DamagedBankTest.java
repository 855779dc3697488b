package dev.cantora.engine.voice.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.EngineException.Fault;
import dev.cantora.engine.voice.VoiceLoader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Banks that came to harm, by chance or on purpose, are refused with the reason; none costs much memory or time. */
class DamagedBankTest {

  private static final Path VOICES = Path.of("../../presets");

  private static byte[] good() {
    int[] unitOf = {-1, 0, -1, -1};
    return UnitBankCodec.encode(new UnitBank(List.of("SIL", "AA"), 2f, unitOf, new int[] {0, 3}, new int[] {1},
        new int[] {-1, 2}, new byte[3 * UnitBank.FRAME_BYTES]));
  }

  @FunctionalInterface
  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] bank(Content content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeInt(0x43565531);
    try (var out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      content.write(out);
    }
    return bytes.toByteArray();
  }

  private static void head(DataOutputStream out, float top, int units) throws IOException {
    out.writeShort(2);
    out.writeUTF("SIL");
    out.writeUTF("AA");
    out.writeFloat(top);
    out.writeShort(units);
  }

  private static void refused(byte[] bytes, String why) {
    assertThatThrownBy(() -> UnitBankCodec.decode(bytes)).isInstanceOf(IOException.class).hasMessageContaining(why);
  }

  @Test
  void aWholeBankComesBackAsItWas() throws IOException {
    UnitBank bank = UnitBankCodec.decode(good());
    assertThat(bank.phones()).containsExactly("SIL", "AA");
    assertThat(bank.units()).isEqualTo(1);
    assertThat(bank.frameCount()).isEqualTo(3);
    assertThat(bank.targetFrame(1)).isEqualTo(2);
    assertThat(UnitBankCodec.encode(bank)).isEqualTo(good());
  }

  @Test
  void everyTruncationIsAnIoError() {
    byte[] whole = good();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> UnitBankCodec.decode(cut)).as("%d of %d bytes", length, whole.length).isInstanceOf(IOException.class);
    }
  }

  @Test
  void valuesOutOfRangeAreNamed() throws IOException {
    refused("RIFF....".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "is not a unit bank");
    refused(bank(out -> out.writeShort(0)), "phones 0 outside 1..250");
    refused(bank(out -> out.writeShort(60_000)), "phones 60000 outside 1..250");
    refused(bank(out -> head(out, Float.NaN, 0)), "level out of range");
    refused(bank(out -> head(out, Float.POSITIVE_INFINITY, 0)), "level out of range");
    refused(bank(out -> {
      head(out, 0, 1);
      out.writeShort(7);
    }), "unit index 7 outside -1..0");
    refused(bank(out -> {
      units(out, 1, 3);
      out.writeShort(4);
    }), "boundary 4 outside 0..3");
    refused(bank(out -> {
      units(out, 1, 3);
      out.writeShort(1);
      out.writeInt(-1);
      out.writeInt(3);
    }), "target frame 3 outside -1..2");
    refused(bank(out -> {
      units(out, 1, 3);
      out.writeShort(1);
      out.writeInt(-1);
      out.writeInt(2);
      out.write(new byte[3 * UnitBank.FRAME_BYTES - 1]);
    }), "is cut short");
    refused(bank(out -> {
      units(out, 1, 3);
      out.writeShort(1);
      out.writeInt(-1);
      out.writeInt(2);
      out.write(new byte[3 * UnitBank.FRAME_BYTES + 1]);
    }), "goes on after its frames");
  }

  private static void units(DataOutputStream out, int units, int firstLength) throws IOException {
    head(out, 0, units);
    for (int pair = 0; pair < 4; pair++) {
      out.writeShort(-1);
    }
    out.writeShort(firstLength);
  }

  @Test
  void hostileSizesAreRefusedBeforeTheyCostMemory() throws IOException {
    refused(bank(out -> {
      units(out, 65_535, 2000);
      out.writeShort(0);
      for (int unit = 1; unit < 65_535; unit++) {
        out.writeShort(2000);
        out.writeShort(0);
      }
    }), "frames 131070000 outside");
    refused(bank(out -> units(out, 1, 2001)), "unit length 2001 outside 2..2000");
  }

  @Test
  void theLoaderSaysWhichFileAndWhy(@TempDir Path dir) throws IOException {
    Path voice = copy("default-voice", dir.resolve("damaged"));
    Path units = voice.resolve("assets/units.bin");
    byte[] whole = Files.readAllBytes(units);
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 1;
    Files.write(units, flipped);
    EngineException mismatch = failure(dir);
    assertThat(mismatch.fault()).isEqualTo(Fault.ASSET_INTEGRITY_MISMATCH);
    assertThat(mismatch.details()).containsKeys("expected", "actual");
    Files.delete(units);
    assertThat(failure(dir).fault()).isEqualTo(Fault.ASSET_NOT_FOUND);
    assertThat(failure(dir).details()).containsEntry("missingPath", "assets/units.bin");
    // with no hash to hold it against, the bank's own checks speak
    Path manifest = voice.resolve("voicepreset.json");
    Files.writeString(manifest, Files.readString(manifest).replaceAll("sha256:[0-9a-f]{64}", "sha256:pending"));
    Files.write(units, Arrays.copyOf(whole, whole.length / 2));
    EngineException cut = failure(dir);
    assertThat(cut.fault()).isEqualTo(Fault.ASSET_CORRUPT);
    assertThat(cut.details()).containsEntry("assetPath", "assets/units.bin");
    Files.write(units, good());
    assertThat(failure(dir)).hasMessageContaining("lacks the phone IY");
  }

  private static EngineException failure(Path dir) {
    try {
      new VoiceLoader(dir, warning -> {}).load("damaged");
    } catch (EngineException e) {
      return e;
    }
    throw new AssertionError("a damaged bank was loaded");
  }

  private static Path copy(String voice, Path to) throws IOException {
    Path from = VOICES.resolve(voice);
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return to;
  }
}
