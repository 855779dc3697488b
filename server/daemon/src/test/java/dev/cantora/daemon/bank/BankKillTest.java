package dev.cantora.daemon.bank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.testing.SharedClasses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that saves, replaces, promotes and deletes renders, at random moments. What this proves is process death;
 * a power cut is prepared for by syncing, but not proven here.
 */
class BankKillTest {
  private static final int KILLS = Integer.getInteger("cantora.test.kills", 100);
  private static final long BUDGET = 1L << 30;

  @TempDir
  Path temp;

  /** The process that is killed: four threads that change the store and tell what they were promised. */
  static final class Victim {
    private static final String TRAINING = "training";

    private Victim() {}

    /** @param arguments the store, and a seed or {@link #TRAINING} for a run that ends by itself */
    public static void main(String[] arguments) throws IOException {
      boolean training = arguments[1].equals(TRAINING);
      if (!training) {
        System.in.read(); // a victim is started while the one before still lives
      }
      Bank bank = new FolderBank(new FolderBank.Settings(Path.of(arguments[0]), BUDGET, BUDGET), InstantSource.system());
      if (training) {
        change(bank, "owner", new Random(0), 2);
        System.exit(0);
      }
      for (int i = 0; i < 4; i++) {
        String owner = "owner" + i;
        long seed = Long.parseLong(arguments[1]) * 31 + i;
        Thread.ofPlatform().start(() -> work(bank, owner, new Random(seed)));
      }
    }

    private static void work(Bank bank, String owner, Random random) {
      for (int round = 0; ; round++) {
        change(bank, owner, random, round);
      }
    }

    private static void change(Bank bank, String owner, Random random, int round) {
      RenderMeta saved = SampleRender.save(bank, null, owner, random.nextInt(20_000), random.nextLong());
      say("saved", saved);
      say("last", SampleRender.saveLast(bank, owner, random.nextInt(20_000), random.nextLong()));
      say("saved", bank.promoteLast(RenderKey.last(owner), owner, null));
      if (round % 3 == 2) {
        say("deleting", saved);
        bank.delete(saved.key());
        say("deleted", saved);
      }
    }

    private static void say(String what, RenderMeta meta) {
      byte[] line = (what + " " + meta.id() + " " + meta.createdBy() + " " + meta.wavHash() + "\n").getBytes(StandardCharsets.UTF_8);
      System.out.write(line, 0, line.length); // one call per line: a kill cuts between lines
      System.out.flush();
    }
  }

  @Test
  void afterAKillAtAnyMomentTheStoreHoldsEveryAcknowledgedRenderAndOnlyWholeOnes() throws Exception {
    Path store = temp.resolve("renders");
    SharedClasses classes = SharedClasses.of(temp, Victim.class, temp.resolve("training").toString(), Victim.TRAINING);
    Random random = new Random(20261124);
    Map<String, String> acknowledged = new HashMap<>();
    int promised = 0;
    Process next = classes.start(Victim.class, store.toString(), "0");
    for (int kill = 1; kill <= KILLS; kill++) {
      Process victim = next;
      next = classes.start(Victim.class, store.toString(), String.valueOf(kill));
      promised += runAndKill(victim, random, acknowledged);
      check(store, acknowledged);
    }
    next.destroyForcibly().waitFor();
    assertThat(promised).isGreaterThan(KILLS);
  }

  /** @return promises it made */
  private static int runAndKill(Process victim, Random random, Map<String, String> acknowledged) throws Exception {
    int promises = 0;
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      victim.getOutputStream().write('\n');
      victim.getOutputStream().flush();
      int beforeTheKill = random.nextInt(8); // none: while it opens the store
      for (; promises < beforeTheKill; promises++) {
        note(lines.readLine(), acknowledged);
      }
      LockSupport.parkNanos(random.nextInt(beforeTheKill == 0 ? 200_000_000 : 20_000_000));
      victim.toHandle().destroyForcibly(); // unlike Process.destroyForcibly this leaves the pipe readable
      for (String line = lines.readLine(); line != null; line = lines.readLine(), promises++) {
        note(line, acknowledged);
      }
      assertThat(victim.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    return promises;
  }

  private static void note(String line, Map<String, String> acknowledged) {
    assertThat(line).as("the victim speaks until it is killed").isNotNull();
    String[] words = line.split(" ");
    switch (words[0]) {
      case "saved" -> acknowledged.put(words[1], words[3]);
      case "deleting", "deleted" -> acknowledged.remove(words[1]);
      case "last" -> { }
      default -> { }
    }
  }

  private static void check(Path store, Map<String, String> acknowledged) throws Exception {
    try (FolderBank bank = new FolderBank(new FolderBank.Settings(store, BUDGET, BUDGET), InstantSource.system())) {
      assertThat(bank.failing()).isEmpty();
      bank.awaitChecked();
      List<RenderMeta> metas = bank.all();
      long charged = 0;
      for (RenderMeta meta : metas) {
        try (StoredAudio audio = bank.audio(meta.key())) {
          byte[] wav = BankContract.bytes(audio, 0, audio.lengthBytes());
          assertThat(Sha256.hex(wav)).isEqualTo(audio.wavHash()).startsWith(meta.wavHash());
          long documents = 0;
          for (DocumentKind kind : DocumentKind.values()) {
            byte[] json = bank.document(meta.key(), kind);
            documents += kind == DocumentKind.META ? 0 : StoredJson.compactBytes(json);
          }
          charged += Charge.bytes(wav.length, documents);
        }
      }
      assertThat(bank.budget().usedBytes()).isEqualTo(charged);
      assertThat(metas).extracting(RenderMeta::id).containsAll(acknowledged.keySet());
      acknowledged.forEach((id, hash) -> assertThat(bank.find(RenderKey.of(id)).orElseThrow().wavHash()).isEqualTo(hash));
      try (Stream<Path> children = Files.list(store)) {
        assertThat(children.filter(child -> !child.endsWith(".metas"))).as("the renders, the lock and the log").hasSize(metas.size() + 1);
      }
      // keep the store small: the next rounds add to it
      metas.stream().filter(meta -> !meta.id().equals(RenderKey.LAST)).skip(40).forEach(meta -> {
        bank.delete(meta.key());
        acknowledged.remove(meta.id());
      });
    }
  }
}
