package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.JamServerMessage;
import dev.cantora.daemon.json.Json;
import dev.cantora.daemon.socket.OutgoingText;

/** A message that several are sent: the first sender encodes it for all, so that the audio thread does not have to. */
final class SharedText implements OutgoingText {

  private final JamServerMessage message;
  private byte[] utf8;

  SharedText(JamServerMessage message) {
    this.message = message;
  }

  @Override
  public synchronized byte[] utf8() {
    if (utf8 == null) {
      utf8 = Json.bytes(message);
    }
    return utf8;
  }
}
