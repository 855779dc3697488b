package dev.cantora.daemon.jam.session;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.ExportProgress;
import dev.cantora.api.jam.JamRecordStatus;
import dev.cantora.api.jam.RecordExport;
import dev.cantora.api.jam.RecordExported;
import dev.cantora.api.jam.Stem;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.errors.ErrorMapping;
import dev.cantora.daemon.jam.tape.TapeJournal;
import dev.cantora.daemon.jam.tape.UnfinishedTape;
import java.util.concurrent.CompletionException;

/** Recording and exporting of a session. Belongs to the session's audio thread; exports are prepared on another. */
final class Recordings {

  private static final double MOVED_A_LITTLE = 0.01;

  private final JamSession session;
  private final Roster roster;
  private final Band band;
  private final TapeExports exports;
  private final TapeJournal journal;
  private boolean exporting;
  private boolean cancelWanted;
  private TapeExports.Running export;

  Recordings(JamSession session, Roster roster, Band band, TapeExports exports, TapeJournal journal) {
    this.session = session;
    this.roster = roster;
    this.band = band;
    this.exports = exports;
    this.journal = journal;
  }

  void start() {
    band.record(journal);
    tell();
  }

  void stop() {
    if (band.deck().recording()) {
      band.deck().stop();
    }
    tell();
  }

  /** A tape that is full ends by itself. */
  void stopWhenFull() {
    if (band.deck().full()) {
      stop();
    }
  }

  /** The host is told, as the one who can do something about it. */
  void notKept() {
    if (roster.host() != null) {
      roster.refuse(roster.host(), ErrorCode.TAPE_NOT_KEPT);
    }
  }

  private void tell() {
    roster.toAll(JamRecordStatus.builder().recording(band.deck().recording()).durationSec(band.deck().recordedSec())
        .eventCount(band.deck().recordedEvents()).build());
  }

  /** One export of a session at a time. */
  void export(Member member, RecordExport wanted) {
    UnfinishedTape tape = band.deck().tape();
    if (tape == null || tape.events().isEmpty()) {
      roster.refuse(member, ErrorCode.NO_RECORDING);
      return;
    }
    if (exporting) {
      roster.refuse(member, ErrorCode.EXPORT_FAILED, "An export of this session is running already.");
      return;
    }
    exporting = true;
    cancelWanted = false;
    Thread.ofVirtual().name("jam-export").start(() -> start(member, wanted, tape));
  }

  private void start(Member member, RecordExport wanted, UnfinishedTape tape) {
    try {
      TapeExports.Order order = new TapeExports.Order(tape.finish(), wanted.name() == null ? null : wanted.name().strip(),
          wanted.stemsOrDefault(), wanted.channels(), member.principal());
      TapeExports.Running running = exports.start(order, null, "jam_" + session.sessionId(), new Telling());
      session.post(new JamCommand.ExportStarted(running));
      running.result().whenComplete((done, failed) -> session.post(failed == null
          ? new JamCommand.ExportDone(done) : new JamCommand.ExportFailed(member, failed)));
    } catch (RuntimeException refused) {
      session.post(new JamCommand.ExportFailed(member, refused));
    }
  }

  /** Progress in steps that are worth a message. */
  private final class Telling implements java.util.function.DoubleConsumer {
    private double told;

    @Override
    public void accept(double fraction) {
      if (fraction - told >= MOVED_A_LITTLE) {
        told = fraction;
        session.post(new JamCommand.ExportMoved(fraction));
      }
    }
  }

  void started(TapeExports.Running running) {
    export = running;
    if (cancelWanted) {
      running.cancel().run();
    }
    moved(0);
  }

  void moved(double fraction) {
    if (export != null) {
      roster.offerAll(ExportProgress.builder().jobId(export.jobId()).fraction(fraction).build());
    }
  }

  void cancel() {
    cancelWanted = exporting;
    if (export != null) {
      export.cancel().run();
    }
  }

  void done(TapeExports.Exported exported) {
    String jobId = export.jobId();
    forget();
    var master = exported.master();
    roster.toAll(RecordExported.builder().renderId(master.id()).durationSec(master.durationSec()).wavHash(master.wavHash())
        .stems(exported.stems() == null ? null
            : exported.stems().stream().map(stem -> new Stem(stem.trackId(), stem.renderId())).toList())
        .midiUrl("/api/v1/renders/" + master.id() + "/tape.mid").jobId(jobId).build());
  }

  /** Told to the one who asked. The socket's codes are CANCELLED and EXPORT_FAILED; the message says more. */
  void failed(Member member, Throwable failure) {
    forget();
    ApiException known = ErrorMapping.map(failure instanceof CompletionException ? failure.getCause() : failure);
    switch (known.code()) {
      case RENDER_CANCELLED, SERVER_SHUTDOWN -> roster.refuse(member, ErrorCode.CANCELLED, "The export was cancelled.");
      case EXPORT_FAILED -> roster.refuse(member, ErrorCode.EXPORT_FAILED, known.getMessage());
      default -> roster.refuse(member, ErrorCode.EXPORT_FAILED,
          ErrorCode.EXPORT_FAILED.message() + " " + known.getMessage());
    }
  }

  private void forget() {
    exporting = false;
    export = null;
  }
}
