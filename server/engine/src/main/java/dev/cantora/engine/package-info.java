/**
 * The front door of the engine: {@link dev.cantora.engine.Renderer} for whole scores,
 * {@link dev.cantora.engine.LiveVoice} for notes as they are played. Behind it data flows one way:
 * {@code score} and {@code lyrics} (what to sing), {@code voice} (who sings), {@code performance}
 * (control curves), {@code synthesis} (samples), {@code audio} (files and measurements).
 *
 * <p>No HTTP, no JSON binding of wire messages and no global state live in this module.
 */
package dev.cantora.engine;
