package dev.cantora.bench.voice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rhyme test in the manner of the Modified Rhyme Test (House, Williams, Hecker and Kryter 1965; ANSI/ASA S3.2): every
 * word of sets of six is sung on one held note, and PocketSphinx has to pick it out of its set. Chance is one in six.
 */
final class RhymeTest {

  private static final Path MODEL = Path.of("/usr/share/pocketsphinx/model/en-us");
  private static final Pattern HYPOTHESIS = Pattern.compile("(.*) \\((\\d+)_(\\w+) .*");

  /** @param word sung @param heard or empty when nothing was */
  record Answer(String word, String heard) {
    boolean right() {
      return word.equals(heard);
    }
  }

  private final List<List<String>> sets;

  /** @param sets words of one choice each, all in PocketSphinx's dictionary */
  RhymeTest(List<List<String>> sets) {
    this.sets = sets;
  }

  /** Whether what the recogniser knows of English is installed. */
  static boolean hasModel() {
    return Files.isReadable(MODEL.resolve("cmudict-en-us.dict")) && Files.isDirectory(MODEL.resolve("en-us"));
  }

  /** One set a line. Words the recogniser's dictionary lacks are left out. */
  static RhymeTest read(String text) throws IOException {
    var known = new java.util.HashSet<String>();
    for (String line : Files.readAllLines(MODEL.resolve("cmudict-en-us.dict"))) {
      known.add(line.substring(0, line.indexOf(' ')));
    }
    return new RhymeTest(text.lines().map(line -> List.of(line.strip().split("\\s+")))
        .map(set -> set.stream().filter(known::contains).toList()).filter(set -> set.size() > 1).toList());
  }

  /** Makes the sound of a word. */
  @FunctionalInterface
  interface Speaker {
    void word(String word, double lengthSec, Path wav) throws IOException, InterruptedException;
  }

  /** Has every word said or sung. @param folder where the sound goes, kept */
  void say(Speaker speaker, double lengthSec, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (int i = 0; i < sets.size(); i++) {
      for (String word : sets.get(i)) {
        speaker.word(word, lengthSec, folder.resolve(i + "_" + word + ".wav"));
      }
    }
  }

  /** What the recogniser heard in a folder that {@link #say} filled. */
  List<Answer> recognise(Path folder) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("rhymes");
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < sets.size(); i++) {
      List<String> set = sets.get(i);
      Path grammar = Files.writeString(work.resolve(i + ".jsgf"),
          "#JSGF V1.0;\ngrammar g;\npublic <w> = " + String.join(" | ", set) + " ;\n");
      var control = new StringBuilder();
      for (String word : set) {
        String name = i + "_" + word;
        Tool.run("sox", folder.resolve(name + ".wav").toString(), "-r", "16000", "-c", "1", "-b", "16", "-e", "signed",
            work.resolve(name + ".raw").toString(), "norm", "-3", "pad", "0.3", "0.3");
        control.append(name).append('\n');
      }
      Path list = Files.writeString(work.resolve(i + ".ctl"), control);
      Path heard = work.resolve(i + ".hyp");
      Tool.run("pocketsphinx_batch", "-hmm", MODEL.resolve("en-us").toString(), "-dict",
          MODEL.resolve("cmudict-en-us.dict").toString(), "-jsgf", grammar.toString(), "-cepdir", work.toString(),
          "-cepext", ".raw", "-adcin", "yes", "-ctl", list.toString(), "-hyp", heard.toString(), "-remove_silence", "no",
          "-remove_noise", "no");
      for (String line : Files.readAllLines(heard)) {
        Matcher m = HYPOTHESIS.matcher(line);
        if (m.matches()) {
          answers.add(new Answer(m.group(3), m.group(1).strip().replaceAll("\\(\\d\\)", "")));
        }
      }
    }
    Tool.delete(work);
    return answers;
  }
}
