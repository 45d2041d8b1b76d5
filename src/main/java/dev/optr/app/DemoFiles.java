package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The demo's repository and recordings, as they travel in the jar. */
final class DemoFiles {
  static final List<String> AGENTS = List.of("codex", "claude", "copilot", "mscopilot");

  private DemoFiles() {}

  /** The repository's files by path. */
  static Map<String, Bytes> repository() {
    Map<String, Bytes> files = new TreeMap<>();
    read("demo/files.txt")
        .utf8()
        .lines()
        .forEach(line -> files.put(line.substring("repository/".length()), read("demo/" + line)));
    return files;
  }

  /** What one agent answered in a scenario. */
  static Bytes recording(DemoScenario scenario, String agent) {
    return read("demo/recordings/" + scenario.label() + "/" + agent + ".json");
  }

  private static Bytes read(String resource) {
    try (InputStream stream = DemoFiles.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw ServiceException.lasting(
            "the program's own file '" + resource + "' is missing from the jar");
      }
      return Bytes.of(stream.readAllBytes());
    } catch (IOException e) {
      throw ServiceException.lasting("could not read '" + resource + "' from the jar", e);
    }
  }
}
