package dev.optr.app;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --out} of commands that write a bundle. */
final class BundleOutput {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "the bundle: a directory that is new, empty, or a bundle, which is replaced")
  private Path directory = Path.of("");

  Path in(Host host) {
    return host.directory().resolve(directory);
  }
}
