package dev.cantora.daemon.errors;

/**
 * One thing wrong with a request.
 *
 * @param path dots and array indices, such as {@code score.notes.3.midi}; empty for the whole body
 * @param message what is wrong, for people
 * @param code the violated rule's name, such as {@code maximum} or {@code required}
 */
public record Issue(String path, String message, String code) {}
