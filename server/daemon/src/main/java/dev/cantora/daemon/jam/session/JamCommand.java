package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.jam.RecordExported;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.daemon.audio.FrameFormat;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.live.Instrument;
import java.util.List;

/** What reaches a session through its mailbox. Everything slow has been done by the sender. */
public sealed interface JamCommand {

  /** A new member, or one who is back. */
  record Enter(Member member, JamOutput output, FrameFormat format, int channels) implements JamCommand {}

  /** @param forGood false when the connection dropped and the member may come back */
  record Exit(Member member, boolean forGood) implements JamCommand {}

  /** A checked message that needs no preparation. */
  record Said(Member member, JamClientMessage message, long arrivedNs) implements JamCommand {}

  record AddTrack(Member member, TrackAdd message, Instrument instrument) implements JamCommand {}

  record Note(Member member, TrackNoteOn message, List<String> phonemes, long arrivedNs) implements JamCommand {}

  /** @param notes in any order, ids made unique @param durationSec end of the last note */
  record SetScore(Member member, String trackId, List<ScoreCursor.Sung> notes, double durationSec)
      implements JamCommand {}

  record ExportMoved(double fraction) implements JamCommand {}

  record ExportDone(RecordExported message) implements JamCommand {}

  record ExportFailed(Member member, ApiException failure) implements JamCommand {}

  /** The server ends the session. */
  record Destroy() implements JamCommand {}
}
