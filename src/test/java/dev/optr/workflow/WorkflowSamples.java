package dev.optr.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The workflow files under {@code src/test/resources/workflow}. */
final class WorkflowSamples {
  private static final Path ROOT = Path.of("src/test/resources/workflow");

  private WorkflowSamples() {}

  static Stream<Path> good() throws IOException {
    return yaml(ROOT.resolve("good"));
  }

  static Stream<Path> bad() throws IOException {
    return yaml(ROOT.resolve("bad"));
  }

  private static Stream<Path> yaml(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      return found.stream();
    }
  }
}
