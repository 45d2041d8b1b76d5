package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The composite action's script, run as its action runs it, in the directory of a site. */
record ApplyScript(Path directory) {
  static final Path FILE = Path.of("apply", "apply").toAbsolutePath();

  Applying.Applied apply(String digest, String row) {
    return apply(digest, row, Map.of());
  }

  /**
   * @param environment besides the inputs
   */
  Applying.Applied apply(String digest, String row, Map<String, String> environment) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("bash", FILE.toString())
              .directory(directory.toFile())
              .redirectErrorStream(true);
      builder.environment().remove("GITHUB_ACTIONS");
      builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
      builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
      builder.environment().put("OPTR_BUNDLE", "optr-bundle");
      builder.environment().put("OPTR_BUNDLE_DIGEST", digest);
      builder.environment().put("OPTR_ROW", row);
      builder.environment().put("OPTR_PATH", "workspace");
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Applying.Applied(process.waitFor(), said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
