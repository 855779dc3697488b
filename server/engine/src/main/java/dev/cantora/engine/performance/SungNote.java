package dev.cantora.engine.performance;

import dev.cantora.engine.score.Note;
import dev.cantora.engine.score.TimedPhoneme;
import java.util.List;

/**
 * A note of a score as one singer will sing it. Samples count from the start of the score.
 *
 * @param order place in the score
 * @param soundStart where its first consonant, or else the note itself, begins
 * @param start of the note
 * @param end of the note
 * @param release where its last consonant, or else the note itself, ends
 * @param phonemes its own, in time; those that name no note are not here
 */
record SungNote(Note note, int order, long soundStart, long start, long end, long release, List<TimedPhoneme> phonemes) {}
