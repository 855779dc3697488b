package dev.cantora.daemon.presets;

import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.voice.PresetInfo;
import dev.cantora.engine.voice.PresetManifest;
import dev.cantora.engine.voice.Voice;
import dev.cantora.engine.voice.VoiceLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The presets below one folder. A loaded voice is reused while its files are the same files, unchanged; anything else loads
 * it again, with its hash verified again. Thread-safe.
 */
public final class PresetCatalogue {
  private static final Logger LOG = LoggerFactory.getLogger(PresetCatalogue.class);

  private final Path presetDir;
  private final VoiceLoader loader;
  private final Map<String, Loaded> loaded = new ConcurrentHashMap<>();
  private final PresetSource elsewhere;
  /** Of fetched voices, by folder. */
  private final Map<Path, PresetCatalogue> fetched = new ConcurrentHashMap<>();

  private record Loaded(Map<String, String> fingerprint, Voice voice) {}

  public PresetCatalogue(Path presetDir) {
    this(presetDir, PresetSource.NONE);
  }

  /** @param elsewhere asked for what the folder lacks */
  public PresetCatalogue(Path presetDir, PresetSource elsewhere) {
    this.presetDir = presetDir;
    this.elsewhere = elsewhere;
    this.loader = new VoiceLoader(presetDir, warning -> LOG.atWarn().addKeyValue("warning", warning).log("preset_unverified"));
  }

  /**
   * Ids, ascending.
   *
   * @throws ApiException PRESET_LIST_FAILED when the folder cannot be read
   */
  public List<String> ids() {
    try {
      return Stream.concat(loader.ids().stream(), elsewhere.ids().stream()).distinct().sorted().toList();
    } catch (IOException unreadable) {
      throw ApiException.builder(ErrorCode.PRESET_LIST_FAILED).cause(unreadable).build();
    }
  }

  /** What the list says of each preset: its description, or why it cannot be read. PRESET_LIST_FAILED. */
  public List<Map<String, Object>> list() {
    List<Map<String, Object>> list = new ArrayList<>();
    for (String id : ids()) {
      list.add(home(id).describe(id));
    }
    return list;
  }

  /** The catalogue that has a voice: this one, or one of fetched voices. */
  private PresetCatalogue home(String id) {
    boolean asks = elsewhere != PresetSource.NONE && id.matches("[A-Za-z0-9_-]{1,64}") && !Files.isDirectory(presetDir.resolve(id));
    return asks ? elsewhere.fetch(id).map(folder -> fetched.computeIfAbsent(folder, PresetCatalogue::new)).orElse(this) : this;
  }

  private Map<String, Object> describe(String id) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", id);
    try {
      PresetInfo info = loader.describe(id);
      item.put("name", info.name());
      item.put("description", info.description());
      item.put("tags", info.tags());
      item.put("defaultTimbre", info.defaultTimbre());
      item.put("timbres", info.timbres());
      item.put("sampleRateHz", info.sampleRateHz());
      item.put("version", info.version());
    } catch (EngineException unreadable) {
      item.put("name", id);
      item.put("error", unreadable.getMessage());
    }
    return item;
  }

  /**
   * A voice, loaded and verified.
   *
   * @throws EngineException INVALID_PRESET_ID, PRESET_NOT_FOUND, UNSUPPORTED_PRESET_VERSION and the faults of assets
   */
  public Voice voice(String id) {
    PresetCatalogue home = home(id);
    return home == this ? own(id) : home.voice(id);
  }

  /**
   * A voice of exactly this content, from here or elsewhere.
   *
   * @throws ApiException PRESET_NOT_FOUND when there is none any more
   */
  public Voice voice(String id, String contentHash) {
    Optional<Voice> here = known(id).filter(voice -> voice.contentHash().equals(contentHash));
    return here.or(() -> elsewhere.fetch(id, contentHash).map(folder -> fetched.computeIfAbsent(folder, PresetCatalogue::new).own(id))
        .filter(voice -> voice.contentHash().equals(contentHash)))
        .orElseThrow(() -> ApiException.builder(ErrorCode.PRESET_NOT_FOUND).message("The voice " + id
            + " is not there any more as it was when the render was accepted.").detail("presetId", id).build());
  }

  private Optional<Voice> known(String id) {
    try {
      return Optional.of(voice(id));
    } catch (EngineException notHere) {
      return Optional.empty();
    }
  }

  /** Lets other daemons have a voice as it is here. */
  public void offer(Voice voice) {
    Path folder = home(voice.id()).presetDir.resolve(voice.id());
    if (Files.isDirectory(folder)) {
      elsewhere.offer(voice.contentHash(), folder);
    }
  }

  private Voice own(String id) {
    Map<String, String> now = fingerprint(id);
    Loaded known = loaded.get(id);
    if (known != null && !now.isEmpty() && known.fingerprint.equals(now)) {
      return known.voice;
    }
    loaded.remove(id);
    Voice voice = loader.load(id);
    loaded.put(id, new Loaded(now, voice));
    return voice;
  }

  /**
   * What a preset is made of, after verifying it.
   *
   * @throws EngineException as {@link #voice}
   */
  public Map<String, Object> inspect(String id) {
    PresetCatalogue home = home(id);
    return home == this ? inspectOwn(id) : home.inspect(id);
  }

  private Map<String, Object> inspectOwn(String id) {
    own(id);
    PresetManifest manifest = loader.manifest(id);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("id", manifest.id());
    told.put("version", manifest.version());
    told.put("sampleRateHz", manifest.sampleRateHz());
    if (manifest.analysis() != null) {
      Map<String, Object> analysis = new LinkedHashMap<>();
      analysis.put("f0Method", manifest.analysis().f0Method());
      analysis.put("maxHarmonics", manifest.analysis().maxHarmonics());
      analysis.put("frameMs", manifest.analysis().frameMs());
      analysis.put("hopMs", manifest.analysis().hopMs());
      told.put("analysis", analysis);
    }
    told.put("timbres", manifest.timbres().stream().map(timbre -> inspect(id, timbre)).toList());
    return told;
  }

  private Map<String, Object> inspect(String id, PresetManifest.Timbre timbre) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", timbre.name());
    told.put("kind", timbre.kind());
    if (timbre.harmonicsMag() != null && timbre.freqHz() != null) {
      told.put("harmonics", floats(id, timbre.harmonicsMag()));
      told.put("freqBins", floats(id, timbre.freqHz()));
    }
    if (timbre.defaults() != null) {
      told.put("defaults", Map.of("hnrDb", timbre.defaults().hnrDb(), "breathiness", timbre.defaults().breathiness(),
          "vibrato", Map.of("rateHz", timbre.defaults().vibrato().rateHz(), "depthCents", timbre.defaults().vibrato().depthCents(),
              "onsetMs", 1000 * timbre.defaults().vibrato().onsetSec())));
    }
    return told;
  }

  /** Number of floats in an asset that the loader has verified. */
  private long floats(String id, String asset) {
    try {
      return Files.size(presetDir.resolve(id).resolve(asset)) / Float.BYTES;
    } catch (IOException gone) {
      throw ApiException.builder(ErrorCode.ASSET_NOT_FOUND).detail("missingPath", asset).cause(gone).build();
    }
  }

  /** Size, times and identity of every file; empty when they cannot be told, so that nothing is reused. */
  private Map<String, String> fingerprint(String id) {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      return Map.of();
    }
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(presetDir.resolve(id))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        // the time of the last change of the inode cannot be set back, unlike the modification time
        files.put(file.toString(), Files.readAttributes(file, "unix:ino,size,ctime,lastModifiedTime").toString());
      }
    } catch (IOException | UnsupportedOperationException | UncheckedIOException unknown) {
      return Map.of();
    }
    return files;
  }
}
