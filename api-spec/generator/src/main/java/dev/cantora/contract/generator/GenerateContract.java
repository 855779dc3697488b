package dev.cantora.contract.generator;

import java.io.IOException;
import java.nio.file.Path;

/** Entry point of the build step. Arguments: the folder of the documents, for sources, for resources. */
public final class GenerateContract {
  private GenerateContract() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: <spec folder> <sources folder> <resources folder>");
    }
    Documents documents = new Documents(Path.of(args[0]));
    Output sources = new Output(Path.of(args[1]));
    new ErrorCatalogue(documents.read("errors.yaml")).writeTo(sources);
    sources.deleteStale();
  }
}
