package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** The composite action's script, run as its action runs it. */
final class ApplyScriptTest implements ApplyRefusals {
  private static final Path SCRIPT = Path.of("apply", "apply").toAbsolutePath();

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void gitIsThere() {
    assumeTrue(RealGit.isPresent());
  }

  @Override
  public ApplySite site() {
    return new ApplySite(directory);
  }

  @Override
  public Applied apply(String digest, String row) {
    environment.putAll(
        Map.of(
            "OPTR_BUNDLE",
            "optr-bundle",
            "OPTR_BUNDLE_DIGEST",
            digest,
            "OPTR_ROW",
            row,
            "OPTR_PATH",
            "workspace"));
    return run();
  }

  private Applied run() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("bash", SCRIPT.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true);
      builder
          .environment()
          .putAll(Map.of("GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_NOSYSTEM", "1"));
      builder.environment().remove("GITHUB_ACTIONS");
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Applied(process.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestAbortedException("interrupted", e);
    }
  }
}
