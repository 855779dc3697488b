package dev.cantora.cli;

import dev.cantora.engine.EngineException;
import dev.cantora.engine.RenderConfig;
import dev.cantora.engine.Unison;
import dev.cantora.engine.lyrics.PhonemizeResult;
import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Lyrics;
import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "sing", description = "Sings words on notes: sing \"la la la\" --notes \"C4 E4 G4:2\"")
final class SingCommand extends ToolCommand {
  private static final Pattern NOTE = Pattern.compile("([A-Ga-g])([#b]?)(-?\\d)(?::(\\d+(?:\\.\\d+)?))?|(\\d{1,3})|-");
  private static final int[] SEMITONES = {9, 11, 0, 2, 4, 5, 7}; // A B C D E F G

  @Parameters(paramLabel = "TEXT")
  private String text;

  @Option(names = "--notes", required = true, paramLabel = "N",
      description = "names with octave (C4 = middle C), :BEATS after them, - for a beat's rest")
  private String notes;

  @Option(names = "--bpm", defaultValue = "100", description = "beats a minute, default ${DEFAULT-VALUE}")
  private double bpm;

  @Option(names = "--language", description = "BCP 47 tag, default en")
  private String language;

  @Option(names = "--preset", paramLabel = "VOICE", defaultValue = "default-voice",
      description = "id of a voice in PRESET_DIR, or a preset folder; default ${DEFAULT-VALUE}")
  private Path preset;

  @Option(names = "--choir", paramLabel = "N", defaultValue = "1", description = "singers in unison, 1..16; more than one are sung in stereo")
  private int choir;

  @Option(names = "--out", defaultValue = "song.wav", description = "WAV, FLAC (.flac) or Opus (.opus, .ogg) to write, default ${DEFAULT-VALUE}")
  private Path out;

  @Override
  public Integer call() throws IOException {
    var lyrics = new Lyrics(text, language);
    var score = new Score(bpm, parse(notes, bpm), lyrics, null, null, null);
    PhonemizeResult words = new Phonemizer().align(score, Map.of());
    warn(words.warnings());
    SungFile sung = SungFile.render(new Score(bpm, score.notes(), lyrics, words.events(), null, null), preset,
        config(), out);
    print(answer().put("outWav", out.toString()).put("durationSec", sung.stats().durationSec()),
        List.of("%s: %.2f s".formatted(out, sung.stats().durationSec())));
    return 0;
  }

  private RenderConfig config() {
    RenderConfig d = RenderConfig.DEFAULT;
    if (choir == 1) {
      return d;
    }
    if (choir < 1 || choir > Unison.MAX_SINGERS) {
      throw new EngineException(EngineException.Fault.INVALID_BODY, "a choir has 1 to " + Unison.MAX_SINGERS + " singers");
    }
    return new RenderConfig(d.blockSize(), d.rngSeed(), d.defaultTimbre(), d.maxPolyphony(), 2, d.sampleRateHz(), d.tailSec(),
        new Unison(choir, 12, 0.025, 0.8));
  }

  static List<Note> parse(String notes, double bpm) {
    var out = new ArrayList<Note>();
    double beat = 60 / bpm;
    double at = 0.1;
    for (String token : notes.strip().split("[\\s,]+")) {
      Matcher m = NOTE.matcher(token);
      if (!m.matches()) {
        throw new EngineException(EngineException.Fault.INVALID_BODY, "\"" + token + "\" is no note; write C4, F#3:2 or -");
      }
      double length = (m.group(4) == null ? 1 : Double.parseDouble(m.group(4))) * beat;
      if (!token.equals("-")) {
        int midi = m.group(5) != null ? Integer.parseInt(m.group(5)) : midi(m);
        out.add(Note.of("n" + (out.size() + 1), at, length, midi));
      }
      at += length;
    }
    return out;
  }

  private static int midi(Matcher m) {
    int letter = SEMITONES[Character.toUpperCase(m.group(1).charAt(0)) - 'A'];
    int sharp = m.group(2).equals("#") ? 1 : m.group(2).equals("b") ? -1 : 0;
    return 12 * (Integer.parseInt(m.group(3)) + 1) + letter + sharp;
  }
}
