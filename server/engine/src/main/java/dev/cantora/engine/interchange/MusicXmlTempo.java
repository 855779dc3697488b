package dev.cantora.engine.interchange;

import java.util.TreeMap;

/** What a MusicXML score says about its tempo, in quarters as it is written. */
final class MusicXmlTempo {
  private final TreeMap<Double, Double> written = new TreeMap<>();

  boolean isEmpty() {
    return written.isEmpty();
  }

  /** Quarters a minute from a time on. */
  void add(double quarter, double bpm) {
    written.put(quarter, bpm);
  }

  /** A direction: its sound, else its metronome mark. */
  void direction(XmlElement direction, double quarter) {
    XmlElement sound = direction.child("sound").orElse(null);
    if (sound != null && sound.attribute("tempo") != null) {
      sound(sound, quarter);
      return;
    }
    direction.all("direction-type").stream().flatMap(type -> type.all("metronome").stream()).forEach(metronome -> {
      double beat = switch (metronome.text("beat-unit")) {
        case "whole" -> 4;
        case "half" -> 2;
        case "quarter" -> 1;
        case "eighth" -> 0.5;
        case "16th" -> 0.25;
        default -> 0;
      };
      String perMinute = metronome.text("per-minute").replaceAll("[^0-9.]", "");
      if (beat > 0 && perMinute.matches("\\d+(\\.\\d+)?")) {
        add(quarter, Double.parseDouble(perMinute) * beat * (metronome.has("beat-unit-dot") ? 1.5 : 1));
      }
    });
  }

  void sound(XmlElement sound, double quarter) {
    if (sound.attribute("tempo") != null) {
      add(quarter, XmlElement.number(sound.attribute("tempo"), "sound tempo"));
    }
  }

  /** Puts what holds in a written span into a played one that begins at another time. */
  void play(double writtenStart, double writtenEnd, double playedStart, QuarterTempo played) {
    var before = written.floorEntry(writtenStart);
    if (before != null) {
      played.add(playedStart, before.getValue());
    } else if (playedStart > 0 && !written.isEmpty()) {
      played.add(playedStart, written.firstEntry().getValue());
    }
    written.subMap(writtenStart, false, writtenEnd, false).forEach((quarter, bpm) -> played.add(playedStart + quarter - writtenStart, bpm));
  }
}
