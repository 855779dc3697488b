package dev.cantora.engine.lyrics.lexicon;

import dev.cantora.engine.lyrics.phonology.Segment;
import java.util.List;

/**
 * One letter together with the sounds it stands for: none (the b of lamb), one, or two (the x of box).
 *
 * @param letter a..z
 * @param sounds at most two
 */
record Graphone(char letter, List<Segment> sounds) {
  Graphone {
    sounds = List.copyOf(sounds);
  }
}
