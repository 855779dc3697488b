package dev.cantora.daemon.jam.session;

import dev.cantora.engine.LiveNote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A score on its way past the transport: which notes begin and end between two places of the song. For one thread. */
public final class ScoreCursor {

  /** A note on the song line. @param noteId unique within the score */
  public record Sung(LiveNote note, long onSample, long offSample) {}

  /** Takes what falls due. */
  interface Player {
    void on(LiveNote note, long songSample);

    void off(String noteId, long songSample);
  }

  private record Edge(long sample, boolean on, LiveNote note) {}

  private final List<Edge> edges = new ArrayList<>();
  private final Set<String> sounding = new HashSet<>();
  private final List<Sung> notes;
  private final long endSample;
  private int next;

  /** Sorts; not for audio threads. @param notes in any order, ids unique */
  public ScoreCursor(List<Sung> notes) {
    this.notes = List.copyOf(notes);
    long end = 0;
    for (Sung sung : notes) {
      edges.add(new Edge(sung.onSample(), true, sung.note()));
      edges.add(new Edge(sung.offSample(), false, sung.note()));
      end = Math.max(end, sung.offSample());
    }
    endSample = end;
    // at one sample, ends come before beginnings
    edges.sort(Comparator.comparingLong(Edge::sample).thenComparing(Edge::on));
  }

  List<Sung> notes() {
    return notes;
  }

  /** Whether a voice with these timbres can sing it. */
  public boolean fits(List<String> timbres) {
    return notes.stream().allMatch(sung -> sung.note().timbre() == null || timbres.contains(sung.note().timbre()));
  }

  int noteCount() {
    return notes.size();
  }

  long endSample() {
    return endSample;
  }

  /** Plays what lies in {@code [from, to)}. */
  void play(long from, long to, Player player) {
    while (next < edges.size() && edges.get(next).sample() < to) {
      Edge edge = edges.get(next++);
      long at = Math.max(from, edge.sample());
      if (edge.on()) {
        sounding.add(edge.note().noteId());
        player.on(edge.note(), at);
      } else if (sounding.remove(edge.note().noteId())) {
        player.off(edge.note().noteId(), at);
      }
    }
  }

  /** Ends all its sounding notes at a place of the song and goes on from another: notes that begin there or later. */
  void jump(long fromSample, long toSample, Player player) {
    sounding.forEach(noteId -> player.off(noteId, fromSample));
    sounding.clear();
    next = 0;
    while (next < edges.size() && edges.get(next).sample() < toSample) {
      next++;
    }
  }
}
