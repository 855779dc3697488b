package dev.cantora.engine.interchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** MusicXML in a ZIP. Unpacks in memory within bounds: a small file that claims to become a huge one is refused. */
final class CompressedMusicXml {
  private static final int MOST_BYTES = 32 << 20;
  private static final int MOST_ENTRIES = 200;
  private static final String CONTAINER = "META-INF/container.xml";

  private CompressedMusicXml() {}

  /** The score that the container names, else the only XML file in it. */
  static byte[] unpack(byte[] zip) {
    Map<String, byte[]> files = new HashMap<>();
    int left = MOST_BYTES;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      int entries = 0;
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw ScoreFiles.tooLarge("The ZIP holds more than " + MOST_ENTRIES + " files.");
        }
        byte[] content = in.readNBytes(left + 1);
        left -= content.length;
        if (left < 0) {
          throw ScoreFiles.tooLarge("The ZIP holds more than " + MOST_BYTES + " bytes when unpacked.");
        }
        if (entry.getName().endsWith(".xml") || entry.getName().endsWith(".musicxml")) {
          files.put(entry.getName(), content);
        }
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw ScoreFiles.unreadable("The ZIP cannot be unpacked.");
    }
    byte[] container = files.remove(CONTAINER);
    if (container != null) {
      String path = XmlElement.parse(container).child("rootfiles").flatMap(roots -> roots.child("rootfile"))
          .map(root -> root.attribute("full-path")).orElse("");
      if (files.containsKey(path)) {
        return files.get(path);
      }
    }
    if (files.size() != 1) {
      throw ScoreFiles.unreadable("The ZIP does not say which of its files is the score.");
    }
    return files.values().iterator().next();
  }
}
