package dev.cantora.daemon.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cantora.api.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder bank: the contract of all banks, and what only files can do to it. */
class FolderBankTest extends BankContract {
  private static final Path READS_OF_THIS_THREAD = Path.of("/proc/thread-self/io");

  @TempDir
  Path temp;

  private Path store() {
    return temp.resolve("renders");
  }

  @Override
  protected Bank open() {
    return new FolderBank(new FolderBank.Settings(store(), PER_RENDER, STORE), InstantSource.system());
  }

  @Test
  void leftoversOfAKilledProcessAreSweptAndNotBilled() throws IOException {
    bank.close();
    Path half = Files.createDirectory(store().resolve(".staging-render-0123456789abcdef"));
    Files.write(half.resolve("audio.wav"), new byte[1000]);
    Files.write(store().resolve(".staging-meta-0123456789abcdef"), new byte[10]);
    bank = open();

    assertThat(half).doesNotExist();
    assertThat(entries()).containsExactly(".lock");
    assertThat(bank.budget().usedBytes()).isZero();
  }

  @Test
  void ofTwoSlotsTheNewerCountsAndTheOlderGoes() throws IOException {
    SampleRender.saveLast(bank, "ann", 10, 1);
    Path older = onlySlot();
    Path kept = temp.resolve("kept");
    copy(older, kept);
    RenderMeta newer = SampleRender.saveLast(bank, "ann", 20, 2);
    bank.close();
    while (Files.exists(older)) {
      Thread.onSpinWait(); // it goes in the background
    }
    copy(kept, older);
    bank = open();

    assertThat(bank.all()).containsExactly(newer);
    assertThat(older).doesNotExist();
    assertThat(bank.budget().usedBytes()).isEqualTo(SampleRender.charge(20));
  }

  @Test
  void aStoreOfTheReferenceImplementationLoads() throws IOException {
    bank.close();
    referenceRender("2026-05-16T10-11-12-345Z-1a2b3c4d", ",\"createdBy\":\"ann\",\"pinned\":true,\"mood\":\"blue\"");
    referenceRender("last", "");
    Path half = Files.createDirectory(store().resolve("2026-05-16T10-11-13-345Z-1a2b3c4d"));
    Files.writeString(half.resolve("meta.json"), Files.readString(store().resolve("last/meta.json")).replace("last", half.getFileName().toString()));
    bank = open();

    assertThat(bank.all()).extracting(RenderMeta::id).containsExactlyInAnyOrder("2026-05-16T10-11-12-345Z-1a2b3c4d", "last");
    assertThat(bank.find(RenderKey.UNOWNED_LAST)).isPresent();
    assertThat(bank.find(RenderKey.last("anonymous"))).isEmpty();
    RenderKey key = RenderKey.of("2026-05-16T10-11-12-345Z-1a2b3c4d");
    assertThat(bank.find(key).orElseThrow().hasPin()).isTrue();
    bank.update(key, "New name", null);
    assertThat(text(bank.document(key, DocumentKind.META))).contains("\"mood\": \"blue\"", "New name");
    assertThat(bank.budget().usedBytes()).as("measured, since the reference does not state it")
        .isEqualTo(2 * (444 + "{\"a\":1}".length() * 4 + 2048));
    fails(() -> bank.find(RenderKey.of(half.getFileName().toString())), ErrorCode.READ_ERROR, error -> {});
    bank.delete(RenderKey.of(half.getFileName().toString()));
    assertThat(half).doesNotExist();
  }

  private void referenceRender(String id, String more) throws IOException {
    Path folder = Files.createDirectory(store().resolve(id));
    for (String document : new String[] {"score", "config", "telemetry", "provenance"}) {
      Files.writeString(folder.resolve(document + ".json"), "{\n  \"a\": 1\n}");
    }
    Files.write(folder.resolve("audio.wav"), SampleRender.wav(100, 1));
    Files.writeString(folder.resolve("meta.json"), "{\"id\":\"" + id + "\",\"name\":\"N\",\"createdAt\":\"2026-05-16T10:11:12.345Z\","
        + "\"commit\":\"abcdefg\",\"scoreHash\":\"00000000\",\"wavHash\":\"00000000\",\"durationSec\":1,\"summary\":{}" + more + "}");
  }

  @Test
  void damagedOrMissingFilesAreReadErrors() throws IOException {
    RenderMeta saved = SampleRender.save(bank, "A", "ann", 1000, 1);
    Path folder = store().resolve(saved.id());

    Files.writeString(folder.resolve("score.json"), "{\"bpm\":");
    fails(() -> bank.document(saved.key(), DocumentKind.SCORE), ErrorCode.READ_ERROR,
        error -> assertThat(error.getMessage()).contains("score.json").doesNotContain(temp.toString()));
    Files.delete(folder.resolve("telemetry.json"));
    fails(() -> bank.document(saved.key(), DocumentKind.TELEMETRY), ErrorCode.READ_ERROR, error -> {});
    try (FileChannel cut = FileChannel.open(folder.resolve("audio.wav"), StandardOpenOption.WRITE)) {
      cut.truncate(2000);
    }
    fails(() -> bank.audio(saved.key()), ErrorCode.READ_ERROR, error -> {});
    DurableFiles.deleteTree(folder);
    fails(() -> bank.audio(saved.key()), ErrorCode.READ_ERROR, error -> {});
    fails(() -> bank.update(saved.key(), "B", null), ErrorCode.READ_ERROR, error -> {});
    bank.delete(saved.key());
    assertThat(bank.budget().usedBytes()).isZero();
    assertThat(entries()).containsExactlyInAnyOrder(".lock", ".metas");
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    RenderMeta saved = SampleRender.save(bank, "A", "ann", 1000, 1);
    Path folder = store().resolve(saved.id());
    Path secret = Files.writeString(temp.resolve("secret.json"), "{\"secret\":1}");
    Files.delete(folder.resolve("score.json"));
    Files.createSymbolicLink(folder.resolve("score.json"), secret);
    fails(() -> bank.document(saved.key(), DocumentKind.SCORE), ErrorCode.READ_ERROR, error -> {});

    Path elsewhere = temp.resolve("elsewhere");
    Files.move(folder, elsewhere);
    Files.createSymbolicLink(folder, elsewhere);
    fails(() -> bank.document(saved.key(), DocumentKind.CONFIG), ErrorCode.READ_ERROR, error -> {});
    reopen();
    checked();
    assertThat(bank.all()).isEmpty();
  }

  /** Two days ahead, then four back, then another start a month before. */
  @Test
  void aClockThatJumpsMakesNoIdTwiceAndTheNewestRenderStaysLast() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-05-16T12:00:00Z"));
    FolderBank.Settings settings = new FolderBank.Settings(temp.resolve("jumping"), 1 << 20, 1 << 24);
    Set<String> ids = new HashSet<>();
    String newest = null;
    try (FolderBank jumping = new FolderBank(settings, now::get)) {
      for (String moment : List.of("2026-05-16T12:00:00Z", "2026-05-18T12:00:00Z", "2026-05-14T12:00:00Z", "2026-05-16T12:00:00Z")) {
        now.set(Instant.parse(moment));
        assertThat(ids.add(SampleRender.save(jumping, null, "ann", 10, ids.size()).id())).isTrue();
        newest = SampleRender.saveLast(jumping, "ann", 10, 100 + ids.size()).wavHash();
        assertThat(jumping.find(RenderKey.last("ann")).orElseThrow().wavHash()).isEqualTo(newest);
      }
    }
    now.set(Instant.parse("2026-04-16T12:00:00Z"));
    try (FolderBank again = new FolderBank(settings, now::get)) {
      assertThat(again.find(RenderKey.last("ann")).orElseThrow().wavHash()).isEqualTo(newest);
      newest = SampleRender.saveLast(again, "ann", 10, 200).wavHash();
      assertThat(again.find(RenderKey.last("ann")).orElseThrow().wavHash()).isEqualTo(newest);
    }
    try (FolderBank third = new FolderBank(settings, now::get)) {
      assertThat(third.find(RenderKey.last("ann")).orElseThrow().wavHash()).as("also after one more start").isEqualTo(newest);
      assertThat(third.all()).extracting(RenderMeta::id).containsAll(ids).hasSize(5);
    }
  }

  @Test
  void aFailingWriteLeavesNothingBehind() throws IOException {
    try (Draft draft = bank.draft(bank.reserve(PER_RENDER, null))) {
      draft.audio(ByteBuffer.wrap(SampleRender.wav(100, 1)));
      String hash = draft.sealAudio();
      try (Stream<Path> children = Files.list(store())) {
        Path staging = children.filter(path -> path.getFileName().toString().startsWith(".staging")).findFirst().orElseThrow();
        Files.writeString(staging.resolve("score.json"), "in the way");
      }
      fails(() -> draft.commit(SampleRender.named(null, "ann", hash)), ErrorCode.WRITE_ERROR,
          error -> assertThat(error.getMessage()).doesNotContain(temp.toString()));
    }
    assertThat(bank.all()).isEmpty();
    assertThat(entries()).containsExactly(".lock");
    assertThat(bank.budget().usedBytes()).isZero();
  }

  @Test
  void theFoldersAreRightWhenTheLogOfMetasIsNot() throws Exception {
    RenderMeta renamed = SampleRender.save(bank, "A", "ann", 100, 1);
    RenderMeta halved = SampleRender.save(bank, "B", "ann", 100, 1);
    RenderMeta unlogged = SampleRender.save(bank, "C", "ann", 100, 1);
    bank.close();
    Path meta = store().resolve(renamed.id()).resolve("meta.json");
    Files.writeString(meta, Files.readString(meta).replace("\"A\"", "\"Z\""));
    Files.delete(store().resolve(halved.id()).resolve("config.json"));
    Path log = store().resolve(".metas");
    Files.write(log, Files.readAllLines(log).stream().filter(line -> !line.contains("\t" + unlogged.id() + "\t")).toList());
    Files.writeString(log, "torn\t12\t{\"id\":\"to", StandardOpenOption.APPEND);
    bank = open();
    checked();

    assertThat(bank.all()).extracting(RenderMeta::name).containsExactlyInAnyOrder("Z", "C");
    assertThat(bank.budget().usedBytes()).isEqualTo(2 * SampleRender.charge(100));
    fails(() -> bank.find(halved.key()), ErrorCode.READ_ERROR, error -> {});

    Files.write(log, new byte[] {(byte) 0xff, 9, 10, 0, 9, 9, 10});
    reopen();
    assertThat(bank.all()).extracting(RenderMeta::name).containsExactlyInAnyOrder("Z", "C");
    Files.delete(log);
    reopen();
    assertThat(bank.all()).extracting(RenderMeta::name).containsExactlyInAnyOrder("Z", "C");
  }

  /** Ten thousand are a matter of {@code ./cantora bench kills}; that none of them is touched is why it is soon ready. */
  @Test
  void theStartReadsTheLogAndNoRender() throws IOException {
    assumeTrue(Files.isReadable(READS_OF_THIS_THREAD), "only Linux counts a thread's reads");
    int renders = 20;
    Set<RenderMeta> saved = new HashSet<>();
    for (int i = 0; i < renders; i++) {
      saved.add(SampleRender.save(bank, null, "ann", 10, i));
    }
    bank.close();
    long before = readsOfThisThread();
    bank = open();
    assertThat(readsOfThisThread() - before).isLessThan(renders);
    assertThat(bank.budget().usedBytes()).isEqualTo(renders * SampleRender.charge(10));
    assertThat(bank.all()).containsExactlyInAnyOrderElementsOf(saved);
  }

  private static long readsOfThisThread() throws IOException {
    return Files.readAllLines(READS_OF_THIS_THREAD).stream().filter(line -> line.startsWith("syscr:"))
        .mapToLong(line -> Long.parseLong(line.substring("syscr:".length()).strip())).findFirst().orElseThrow();
  }

  private void checked() {
    try {
      ((FolderBank) bank).awaitChecked();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void oneFolderServesOneBankAtATime() {
    try (Bank second = open()) {
      assertThat(second.failing()).contains("render_store_unavailable:EBUSY");
      fails(second::all, ErrorCode.READ_ERROR, error -> {});
    }
    assertThat(bank.failing()).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheFolderIsReportedAndAFolderThatVanishesToo() throws IOException {
    bank.close();
    DurableFiles.deleteTree(store());
    Files.writeString(store(), "");
    bank = open();
    assertThat(bank.failing()).contains("render_store_not_directory");
    fails(bank::budget, ErrorCode.READ_ERROR, error -> {});
    bank.close();
    Files.delete(store());
    bank = open();
    assertThat(bank.failing()).isEmpty();
    DurableFiles.deleteTree(store());
    assertThat(bank.failing()).contains("render_store_unavailable:ENOENT");
  }

  @Test
  void storedJsonLooksLikeTwoSpaceStringify() {
    assertThat(text(SampleRender.document("{\"a\":[],\"b\":{},\"c\":[1,{\"d\":null}],\"e\":\"ü\"}").pretty()))
        .isEqualTo("{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1,\n    {\n      \"d\": null\n    }\n  ],\n  \"e\": \"ü\"\n}");
  }

  private Stream<String> entries() throws IOException {
    try (Stream<Path> children = Files.list(store())) {
      return children.map(path -> path.getFileName().toString()).toList().stream();
    }
  }

  private Path onlySlot() throws IOException {
    try (Stream<Path> children = Files.list(store())) {
      return children.filter(path -> FolderLayout.slotOf(path).isPresent()).findFirst().orElseThrow();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
