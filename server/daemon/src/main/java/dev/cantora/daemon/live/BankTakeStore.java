package dev.cantora.daemon.live;

import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.Charge;
import dev.cantora.daemon.bank.Document;
import dev.cantora.daemon.bank.Draft;
import dev.cantora.daemon.bank.NewRender;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.engine.audio.WavEncoder;
import dev.cantora.engine.audio.WavFormat;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Stores takes among the renders: as float WAV at full scale, with the event log from which they can be played again. */
final class BankTakeStore implements TakeStore {

  private static final DateTimeFormatter CLOCK_TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  /** What provenance grows by when its hash of zeros is replaced, and a little more. */
  private static final long SLACK_BYTES = 256;

  private final Bank bank;
  private final String commit;
  private final InstantSource clock;

  /** @param commit of the daemon, for provenance */
  BankTakeStore(Bank bank, String commit, InstantSource clock) {
    this.bank = bank;
    this.commit = commit;
    this.clock = clock;
  }

  @Override
  public SavedTake save(FinishedTake finished, String owner) {
    Take take = finished.take();
    TakeDocuments documents = new TakeDocuments(finished);
    WavEncoder encoder = new WavEncoder(WavFormat.F32, take.channels(), take.sampleRateHz());
    long charge = Charge.bytes(encoder.fileBytes(take.frames()), documents.estimatedBytes()) + SLACK_BYTES;
    try (Draft draft = bank.draft(bank.reserve(charge, null))) {
      draft.audio(ByteBuffer.wrap(encoder.header(take.frames()))).join();
      for (float[] chunk : take.chunks()) {
        ByteBuffer bytes = ByteBuffer.allocate(chunk.length * Float.BYTES);
        encoder.encode(chunk, chunk.length, take.gain(), bytes);
        draft.audio(bytes.flip()).join();
      }
      String wavHash = draft.sealAudio();
      RenderMeta meta = draft.commit(new NewRender(null, nameOf(finished), owner, commit, take.durationSec(),
          new RenderMeta.Summary(finished.settings().maxPolyphony(), null, null, finished.presetId()),
          Document.of(documents.score()), Document.of(documents.config()), Document.of(documents.telemetry()),
          Document.of(documents.provenance(commit, wavHash))));
      return new SavedTake(meta.id(), meta.name(), take.durationSec(), wavHash, documents.eventLogHash(),
          documents.eventCount());
    }
  }

  private String nameOf(FinishedTake take) {
    return take.name() != null ? take.name()
        : "Live Take " + CLOCK_TIME.format(clock.instant().atZone(ZoneId.systemDefault()));
  }
}
