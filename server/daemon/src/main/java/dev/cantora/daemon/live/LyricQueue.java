package dev.cantora.daemon.live;

import dev.cantora.api.live.LyricsStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Syllables that wait for notes. For one thread. */
final class LyricQueue {

  /** More would take hours to sing. */
  static final int MAX_SYLLABLES = 10_000;

  private final Deque<SungSyllable> waiting = new ArrayDeque<>();
  private List<String> warnings = List.of();
  private String lastVowel;

  /** Queues words. @param append whether they follow those that wait, or replace them */
  void take(LiveWords.Result words, boolean append) {
    if (!append) {
      waiting.clear();
    }
    int room = Math.min(words.syllables().size(), MAX_SYLLABLES - waiting.size());
    waiting.addAll(words.syllables().subList(0, room));
    warnings = new ArrayList<>(words.warnings());
    int dropped = words.syllables().size() - room;
    if (dropped > 0) {
      warnings.add(dropped + " syllables found no room; " + MAX_SYLLABLES + " may wait.");
    }
  }

  int size() {
    return waiting.size();
  }

  /** What waits, with the warnings about the words that came last. */
  LyricsStatus status() {
    return LyricsStatus.builder().queued(waiting.size()).next(peek()).warnings(warnings).build();
  }

  /**
   * What a note sings.
   *
   * @param own syllables of the note itself, the first is sung and the others go to the front of the queue; empty takes
   *     the next one that waits
   */
  SungSyllable next(List<SungSyllable> own) {
    SungSyllable syllable;
    if (own.isEmpty()) {
      syllable = waiting.poll();
    } else {
      syllable = own.getFirst();
      for (int i = own.size() - 1; i > 0; i--) {
        waiting.push(own.get(i));
      }
    }
    if (syllable == null) {
      return SungSyllable.HOLD;
    }
    if (syllable.holds()) {
      return lastVowel == null ? syllable : new SungSyllable(List.of(lastVowel), lastVowel);
    }
    lastVowel = syllable.vowel();
    return syllable;
  }

  /** The next one as text, or null when none waits. */
  private String peek() {
    SungSyllable next = waiting.peek();
    return next == null ? null : next.holds() ? "-" : next.text();
  }
}
