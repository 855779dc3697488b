package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.ArrayList;
import java.util.List;

/** One byte per segment in the packed files: phone ordinal times 3 plus stress. Below 256 as long as phones stay below 85. */
final class SegmentCode {
  private static final Phone[] PHONES = Phone.values();

  private SegmentCode() {}

  static byte encode(Segment segment) {
    return (byte) (segment.phone().ordinal() * 3 + segment.stress());
  }

  static List<Segment> decode(byte[] data, int from, int count) {
    var out = new ArrayList<Segment>(count);
    for (int i = from; i < from + count; i++) {
      int code = data[i] & 0xFF;
      out.add(new Segment(PHONES[code / 3], code % 3));
    }
    return List.copyOf(out);
  }
}
