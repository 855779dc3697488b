package examples;

import dev.cantora.client.Cantora;
import dev.cantora.client.Melody;
import java.nio.file.Path;

/** Sings three syllables into a WAV file. Arguments: the daemon's URL and the file. */
public final class SingToFile {
  private SingToFile() {}

  public static void main(String[] args) {
    Cantora cantora = Cantora.connect(args[0]);
    var score = Melody.atTempo(120).sing("C4", 1, "la").sing("E4", 1, "la").sing("G4", 2, "la").toScore();
    cantora.render(score).onProgress(f -> System.out.printf("%3.0f %%%n", 100 * f)).save(Path.of(args[1]));
  }
}
