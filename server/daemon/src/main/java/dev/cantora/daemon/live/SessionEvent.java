package dev.cantora.daemon.live;

import dev.cantora.api.live.LatencyReport;
import dev.cantora.api.live.NoteOff;
import dev.cantora.api.live.NoteOn;
import dev.cantora.api.live.ParamUpdate;
import dev.cantora.api.live.Control;
import dev.cantora.api.live.TimbreMorph;
import dev.cantora.api.live.TransportCommand;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import java.util.List;

/** What a session's audio thread is told, in the order of sending. */
sealed interface SessionEvent {

  /** A hello was accepted and its voice is loaded. */
  record Opened(SessionSetup setup) implements SessionEvent {}

  record Transport(TransportCommand.Command command) implements SessionEvent {}

  /** What is played: it sounds at its time while frames flow. */
  sealed interface Played extends SessionEvent {

    EventTime time();

    /** Note that it starts or ends, or null. */
    default String noteId() {
      return null;
    }
  }

  /** @param words syllables of the note itself, empty to take the next that waits */
  record Note(NoteOn message, List<SungSyllable> words, long arrivedNs) implements Played {
    @Override
    public EventTime time() {
      return new EventTime(arrivedNs, message.clientTimeMs(), message.atSample());
    }

    @Override
    public String noteId() {
      return message.noteId();
    }
  }

  record Release(NoteOff message, long arrivedNs) implements Played {
    @Override
    public EventTime time() {
      return new EventTime(arrivedNs, message.clientTimeMs(), message.atSample());
    }

    @Override
    public String noteId() {
      return message.noteId();
    }
  }

  /** @param reserve singers for a greater polyphony */
  record Params(ParamUpdate message, LiveVoice.Reserve reserve) implements SessionEvent {}

  record Morph(TimbreMorph message, long arrivedNs) implements Played {
    @Override
    public EventTime time() {
      return new EventTime(arrivedNs, message.clientTimeMs(), message.atSample());
    }
  }

  record Controlled(Control message, long arrivedNs) implements Played {
    @Override
    public EventTime time() {
      return new EventTime(arrivedNs, message.clientTimeMs(), message.atSample());
    }
  }

  record Words(LiveWords.Result words, boolean append) implements SessionEvent {}

  record RecordStart() implements SessionEvent {}

  /** @param name or null */
  record RecordStop(String name) implements SessionEvent {}

  /** @param name or null for the one before */
  record RecordRetry(String name) implements SessionEvent {}

  record RecordDiscard() implements SessionEvent {}

  record LatencyReported(LatencyReport report) implements SessionEvent {}

  record RoundTrip(long nanos) implements SessionEvent {}

  /**
   * @param voice its singers, new
   * @param settings they were made with
   * @param ticket of the request; older ones are out of date
   */
  record InstrumentReady(Instrument instrument, LiveVoice voice, LiveConfig settings, int ticket) implements SessionEvent {}

  record InstrumentFailed(ApiException failure, int ticket) implements SessionEvent {}

  record TakeSaved(SavedTake saved) implements SessionEvent {}

  record TakeFailed(FinishedTake take, ApiException failure) implements SessionEvent {}

  /** The connection is over. */
  record Gone() implements SessionEvent {}
}
