package dev.optr.ledger;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Public test vectors beside the repository; tests that need them are skipped where they are not.
 */
final class Vectors {
  private static final Path FOLDER = Path.of("..", "shared", "vectors");

  private Vectors() {}

  static Path at(String path) {
    Path found = FOLDER.resolve(path);
    assumeTrue(Files.exists(found), () -> "no vectors at " + found);
    return found;
  }
}
