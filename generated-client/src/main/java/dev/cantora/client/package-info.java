/**
 * Sing with a Cantora daemon:
 *
 * <pre>{@code
 * Cantora cantora = Cantora.connect("http://localhost:4321");
 * Score score = Melody.atTempo(90).sing("C4", 1, "a").sing("E4", 1, "ma").sing("G4", 2, "zing").toScore();
 * cantora.render(score).save(Path.of("amazing.wav"));
 * }</pre>
 *
 * <p>{@link dev.cantora.client.Cantora} is the front door. Every call of the REST API stands ready in
 * {@code dev.cantora.client.api}, live sessions in {@code dev.cantora.client.live}, jams in
 * {@code dev.cantora.client.jam}, exceptions in {@code dev.cantora.client.errors}.
 */
package dev.cantora.client;
