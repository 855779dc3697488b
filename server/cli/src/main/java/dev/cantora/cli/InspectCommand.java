package dev.cantora.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.VoiceLoader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "What a preset holds; its files are verified.")
final class InspectCommand extends ToolCommand {
  @Parameters(paramLabel = "MANIFEST", description = "voicepreset.json, its folder, or id of a voice in PRESET_DIR")
  private Path manifestFile;

  @Override
  public Integer call() throws IOException {
    Path folder = SungFile.presetFolder(manifestFile).toAbsolutePath().normalize();
    if (!Files.isRegularFile(folder.resolve(PresetManifest.FILE_NAME))) {
      throw new EngineException(EngineException.Fault.PRESET_NOT_FOUND, "no " + PresetManifest.FILE_NAME + " there");
    }
    var loader = new VoiceLoader(folder.getParent(), w -> warn(List.of(w)));
    String id = folder.getFileName().toString();
    PresetManifest manifest = loader.manifest(id);
    loader.load(id);
    ObjectNode answer = answer().put("manifestPath", manifestFile.toString()).put("id", manifest.id())
        .put("version", manifest.version()).put("sampleRateHz", manifest.sampleRateHz());
    PresetManifest.Analysis a = manifest.analysis();
    answer.putObject("analysis").put("f0Method", a.f0Method()).put("maxHarmonics", a.maxHarmonics())
        .put("frameMs", a.frameMs()).put("hopMs", a.hopMs());
    ArrayNode timbres = answer.putArray("timbres");
    var lines = new ArrayList<String>();
    lines.add("%s %s, %d Hz".formatted(manifest.id(), manifest.version(), manifest.sampleRateHz()));
    for (PresetManifest.Timbre t : manifest.timbres()) {
      float[] harmonics = floats(folder.resolve(t.harmonicsMag()));
      float[] axis = floats(folder.resolve(t.freqHz()));
      double energy = 0;
      for (float h : harmonics) {
        energy += h * h;
      }
      ObjectNode n = timbres.addObject().put("name", t.name()).put("kind", t.kind()).put("harmonics", harmonics.length)
          .put("freqBins", axis.length).put("freqMinHz", axis[0]).put("freqMaxHz", axis[axis.length - 1])
          .put("harmonicEnergy", energy);
      ObjectNode defaults = n.putObject("defaults").put("hnrDb", t.defaults().hnrDb())
          .put("breathiness", t.defaults().breathiness());
      defaults.putObject("vibrato").put("rateHz", t.defaults().vibrato().rateHz())
          .put("depthCents", t.defaults().vibrato().depthCents())
          .put("onsetMs", 1000 * t.defaults().vibrato().onsetSec());
      lines.add("  %s: %d harmonics, %d bins %.0f..%.0f Hz".formatted(t.name(), harmonics.length, axis.length, axis[0],
          axis[axis.length - 1]));
    }
    print(answer, lines);
    return 0;
  }

  /** Raw little-endian float32; called for files that the loader has verified. */
  private static float[] floats(Path file) throws IOException {
    var buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }
}
