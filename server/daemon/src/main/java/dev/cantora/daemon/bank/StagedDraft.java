package dev.cantora.daemon.bank;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A draft whose audio grows in a file of its own before it becomes part of a bank. */
public interface StagedDraft extends Draft {

  StagedAudio staged();

  @Override
  default CompletableFuture<Void> audio(ByteBuffer bytes) {
    return staged().append(bytes);
  }

  @Override
  default GrowingAudio growing() {
    return staged().growing();
  }

  @Override
  default String sealAudio() {
    return staged().seal();
  }
}
