package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.ServiceException;
import dev.optr.demo.RecordedConversation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;

/** The demo's repository and recorded conversations, as they travel in the jar. */
final class DemoFiles {
  private DemoFiles() {}

  /** The repository's files by path, with the workflow file of the scenario. */
  static Map<String, Bytes> repository(DemoScenario scenario) {
    Map<String, Bytes> files = new TreeMap<>();
    read("demo/files.txt")
        .utf8()
        .lines()
        .forEach(line -> files.put(line.substring("repository/".length()), read("demo/" + line)));
    if (scenario == DemoScenario.CONSTRAINTS) {
      files.put(".github/workflow-optr.yaml", read("demo/constraints/workflow-optr.yaml"));
    }
    return files;
  }

  /** What one agent said in a scenario. */
  static RecordedConversation conversation(DemoScenario scenario, String agent) {
    String resource = "demo/conversations/" + scenario.label() + "/" + agent + ".json";
    try {
      return RecordedConversation.read(read(resource));
    } catch (JsonException e) {
      throw ServiceException.lasting("the program's own file '" + resource + "' is damaged", e);
    }
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
