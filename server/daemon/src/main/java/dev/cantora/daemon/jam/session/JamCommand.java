package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.Chat;
import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.jam.JamLatencyReport;
import dev.cantora.api.jam.ListenSet;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackControl;
import dev.cantora.api.jam.TrackNoteOff;
import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.api.jam.TrackUpdate;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.engine.LiveVoice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What reaches a session through its mailbox. Everything slow has been done by the sender. */
public sealed interface JamCommand {

  /** A new member, or one who is back. */
  record Enter(Member member, JamOutput output, FrameFormat format, int channels) implements JamCommand {}

  /** @param forGood false when the connection dropped and the member may come back */
  record Exit(Member member, boolean forGood) implements JamCommand {}

  /** A checked message that needs no preparation. */
  record Said(Member member, JamClientMessage message, long arrivedNs) implements JamCommand {}

  /** @param settings as they stand on tapes @param voice the track's singers, fresh */
  record AddTrack(Member member, TrackAdd message, TapeTrack settings, Instrument instrument, LiveVoice voice)
      implements JamCommand {}

  /** @param reserve singers for a greater polyphony */
  record UpdateTrack(Member member, TrackUpdate message, LiveVoice.Reserve reserve) implements JamCommand {}

  record Note(Member member, TrackNoteOn message, List<String> phonemes, long arrivedNs) implements JamCommand {}

  /**
   * @param score at its beginning
   * @param durationSec end of the last note
   * @param timbres that its notes ask for, each with the number of the first note that does
   */
  record SetScore(Member member, String trackId, ScoreCursor score, double durationSec, Map<String, Integer> timbres)
      implements JamCommand {}

  /** Hands out the tape, null when nothing was ever recorded. */
  record LendTape(CompletableFuture<UnfinishedTape> answer) implements JamCommand {}

  record ExportStarted(TapeExports.Running running) implements JamCommand {}

  record ExportMoved(double fraction) implements JamCommand {}

  record ExportDone(TapeExports.Exported exported) implements JamCommand {}

  record ExportFailed(Member member, Throwable failure) implements JamCommand {}

  /** The disk takes no more of the tape just now. */
  record TapeNotKept() implements JamCommand {}

  /** The daemon ends, the session does not. @param kept all of it, when nothing more will be written; null when it had ended */
  record Suspend(CompletableFuture<KeptRoom> kept) implements JamCommand {}

  /** Whether the session is another one afterwards, as far as it is kept. */
  default boolean changesTheRoom() {
    return switch (this) {
      case Enter enter -> true;
      case Exit exit -> true;
      case AddTrack add -> true;
      case UpdateTrack update -> true;
      case SetScore set -> true;
      case Said said -> switch (said.message()) {
        case Chat chat -> false;
        case TrackNoteOff off -> false;
        case TrackControl control -> false;
        case JamLatencyReport report -> false;
        case ListenSet listen -> false;
        default -> true;
      };
      default -> false;
    };
  }
}
