package dev.cantora.engine.voice.units;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The bytes of {@code units.bin}: magic {@code CVU1}, then one deflate stream (RFC 1951 in RFC 1950) of phone names, the
 * table of units, and the frames column by column, each value as its difference from the frame before, which is mostly
 * zero or small.
 */
public final class UnitBankCodec {

  private static final int MAGIC = 0x43565531;
  private static final int MOST_PHONES = 250;
  private static final int MOST_FRAMES = 400_000;

  private UnitBankCodec() {}

  public static byte[] encode(UnitBank bank) {
    var bytes = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      new DataOutputStream(bytes).writeInt(MAGIC);
      try (var out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
        out.writeShort(bank.phones().size());
        for (String phone : bank.phones()) {
          out.writeUTF(phone);
        }
        out.writeFloat(bank.top());
        out.writeShort(bank.units());
        for (int unit : bank.unitOf()) {
          out.writeShort(unit);
        }
        for (int unit = 0; unit < bank.units(); unit++) {
          out.writeShort(bank.firstFrame(unit + 1) - bank.firstFrame(unit));
          out.writeShort(bank.boundaries()[unit]);
        }
        for (int frame : bank.targetFrames()) {
          out.writeInt(frame);
        }
        out.write(transposed(bank.frames(), bank.frameCount()));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    } finally {
      deflater.end();
    }
  }

  /** @throws IOException the bytes are no whole unit bank; the message says what is wrong with them */
  public static UnitBank decode(byte[] bytes) throws IOException {
    if (bytes.length < 8 || new DataInputStream(new ByteArrayInputStream(bytes)).readInt() != MAGIC) {
      throw new IOException("is not a unit bank");
    }
    try (var in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes, 4, bytes.length - 4)))) {
      int phones = bounded(in.readUnsignedShort(), 1, MOST_PHONES, "phones");
      List<String> names = new ArrayList<>();
      for (int i = 0; i < phones; i++) {
        names.add(in.readUTF());
      }
      float top = in.readFloat();
      if (!(Math.abs(top) < 64)) {
        throw new IOException("has a level out of range");
      }
      int units = in.readUnsignedShort();
      int[] unitOf = new int[phones * phones];
      for (int i = 0; i < unitOf.length; i++) {
        unitOf[i] = bounded(in.readShort(), -1, units - 1, "unit index");
      }
      int[] firstFrame = new int[units + 1];
      int[] boundary = new int[units];
      for (int unit = 0; unit < units; unit++) {
        firstFrame[unit + 1] = firstFrame[unit] + bounded(in.readUnsignedShort(), 2, 2000, "unit length");
        boundary[unit] = bounded(in.readUnsignedShort(), 0, firstFrame[unit + 1] - firstFrame[unit], "boundary");
      }
      int frames = bounded(firstFrame[units], 1, MOST_FRAMES, "frames");
      int[] target = new int[phones];
      for (int i = 0; i < phones; i++) {
        target[i] = bounded(in.readInt(), -1, frames - 1, "target frame");
      }
      byte[] columns = in.readNBytes(frames * UnitBank.FRAME_BYTES);
      if (columns.length != frames * UnitBank.FRAME_BYTES) {
        throw new IOException("is cut short");
      }
      if (in.read() >= 0) { // also makes the stream's own checksum count
        throw new IOException("goes on after its frames");
      }
      return new UnitBank(names, top, unitOf, firstFrame, boundary, target, rows(columns, frames));
    }
  }

  private static int bounded(int value, int min, int max, String what) throws IOException {
    if (value < min || value > max) {
      throw new IOException("has " + what + " " + value + " outside " + min + ".." + max);
    }
    return value;
  }

  private static byte[] transposed(byte[] rows, int frames) {
    byte[] columns = new byte[rows.length];
    for (int column = 0; column < UnitBank.FRAME_BYTES; column++) {
      int before = 0;
      for (int frame = 0; frame < frames; frame++) {
        int value = rows[frame * UnitBank.FRAME_BYTES + column];
        columns[column * frames + frame] = (byte) (value - before);
        before = value;
      }
    }
    return columns;
  }

  private static byte[] rows(byte[] columns, int frames) {
    byte[] rows = new byte[columns.length];
    byte[] sum = new byte[UnitBank.FRAME_BYTES];
    for (int frame = 0; frame < frames; frame++) {
      for (int column = 0; column < UnitBank.FRAME_BYTES; column++) {
        sum[column] += columns[column * frames + frame];
        rows[frame * UnitBank.FRAME_BYTES + column] = sum[column];
      }
    }
    return rows;
  }
}
