package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.List;
import java.util.Map;

/**
 * How well letters become sounds.
 *
 * @param words share of words with every phone right
 * @param wordsWithStress share of words with every phone and every stress right
 * @param phoneErrors edits (insert, delete, replace) per phone of the dictionary
 */
record LetterAccuracy(int count, double words, double wordsWithStress, double phoneErrors) {

  static LetterAccuracy measure(LetterToSound letters, List<Map.Entry<String, List<Segment>>> dictionary) {
    int right = 0;
    int rightWithStress = 0;
    long edits = 0;
    long phones = 0;
    for (var entry : dictionary) {
      List<Segment> said = letters.pronounce(entry.getKey());
      List<Phone> saidPhones = said.stream().map(Segment::phone).toList();
      List<Phone> meant = entry.getValue().stream().map(Segment::phone).toList();
      right += saidPhones.equals(meant) ? 1 : 0;
      rightWithStress += said.equals(entry.getValue()) ? 1 : 0;
      edits += edits(saidPhones, meant);
      phones += meant.size();
    }
    double n = Math.max(1, dictionary.size());
    return new LetterAccuracy(dictionary.size(), right / n, rightWithStress / n, edits / (double) Math.max(1, phones));
  }

  private static int edits(List<Phone> a, List<Phone> b) {
    int[] row = new int[b.size() + 1];
    for (int j = 0; j <= b.size(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.size(); j++) {
        int replaced = diagonal + (a.get(i - 1) == b.get(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.size()];
  }
}
