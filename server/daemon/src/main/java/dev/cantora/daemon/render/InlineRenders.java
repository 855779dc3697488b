package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.api.model.RenderOutcome;
import dev.cantora.daemon.bank.Bank;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.StoredAudio;
import dev.cantora.daemon.http.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Renders whose audio goes back inside the answer. */
public final class InlineRenders {
  private final RenderDesk desk;
  private final Bank bank;

  /** @param wav the whole file */
  public record Rendered(RenderOutcome outcome, byte[] wav) {}

  public InlineRenders(RenderDesk desk, Bank bank) {
    this.desk = desk;
    this.bank = bank;
  }

  /** @param body a valid render request; the render becomes the caller's last one */
  public Rendered render(JsonNode body, Exchange exchange) throws InterruptedException, IOException {
    RenderOutcome outcome = desk.await(desk.renderInline(body, exchange)).outcome();
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    try (StoredAudio audio = bank.audio(RenderKey.last(exchange.principal().id()))) {
      audio.copyTo(wav, 0, audio.lengthBytes());
    }
    return new Rendered(outcome, wav.toByteArray());
  }
}
