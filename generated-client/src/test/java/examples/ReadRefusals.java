package examples;

import dev.cantora.api.model.RenderConfig;
import dev.cantora.client.Cantora;
import dev.cantora.client.Melody;
import dev.cantora.client.errors.ApiException;
import dev.cantora.client.errors.PresetNotFoundException;
import java.nio.file.Path;

/** Asks for a voice, and takes the first there is when it is missing. Arguments: the daemon's URL, the voice and the file. */
public final class ReadRefusals {
  private ReadRefusals() {}

  public static void main(String[] args) {
    Cantora cantora = Cantora.connect(args[0]);
    var score = Melody.atTempo(90).sing("A3", 1, "sun").sing("C4", 2, "rise").toScore();
    String voice = args[1];
    try {
      cantora.render(score, RenderConfig.builder().presetId(voice).build()).save(Path.of(args[2]));
    } catch (PresetNotFoundException missing) {
      voice = missing.report().available().get(0);
      System.out.println(missing.getMessage() + " Singing with " + voice + ".");
      cantora.render(score, RenderConfig.builder().presetId(voice).build()).save(Path.of(args[2]));
    } catch (ApiException refused) {
      System.out.println(refused.code() + ": " + refused.hint().orElse("no hint") + " " + refused.requestId().orElse(""));
    }
  }
}
