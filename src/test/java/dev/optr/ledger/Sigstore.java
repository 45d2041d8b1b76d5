package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sigstore's own JavaScript (npm {@code @sigstore/core} and {@code @sigstore/verify}, Apache-2.0),
 * which has DSSE and RFC 6962 by other hands. {@code .ci/run} fetches it; it is never committed.
 */
final class Sigstore {
  private static final Path MODULES = Path.of("target", "sigstore", "node_modules");

  private Sigstore() {}

  static void assumeThere() {
    boolean there = Files.isDirectory(MODULES);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as("%s, fetched by .ci/run", MODULES).isTrue();
    }
    assumeTrue(there, "no " + MODULES + "; .ci/run fetches it");
  }

  /** What a script prints. */
  static String node(Path directory, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "-e", script));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("NODE_PATH", MODULES.toAbsolutePath().toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
