package dev.optr.workflow;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Calling workflows under {@code test-fixtures/callers}, and those that are shipped and shown. */
final class CallerSamples {
  static final Path ROOT = Path.of("test-fixtures/callers");

  private static final Pattern FENCE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  private CallerSamples() {}

  static List<Path> bad() throws IOException {
    return yaml(ROOT.resolve("bad"));
  }

  static List<Path> mended() throws IOException {
    return yaml(ROOT.resolve("mended"));
  }

  /** What a user would copy, each by itself. */
  static List<CallerFile> shown() throws IOException {
    List<CallerFile> shown = new ArrayList<>();
    for (Path file : yaml(Path.of("docs/examples"))) {
      shown.add(file(file));
    }
    shown.add(file(Path.of(".github/workflows/optr.yml")));
    List<Path> pages = new ArrayList<>(List.of(Path.of("README.md")));
    try (Stream<Path> all = Files.list(Path.of("docs"))) {
      all.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    for (Path page : pages) {
      Matcher fence = FENCE.matcher(Files.readString(page));
      while (fence.find()) {
        if (fence.group(1).contains("\njobs:\n")) {
          shown.add(new CallerFile(page + "#" + shown.size(), Bytes.utf8(fence.group(1))));
        }
      }
    }
    return shown;
  }

  static CallerFile file(Path path) throws IOException {
    return new CallerFile(String.valueOf(path.getFileName()), Bytes.of(Files.readAllBytes(path)));
  }

  /** The workflow file that lies beside, else the one for all. */
  static Workflow policy(String name) throws IOException {
    Path own = ROOT.resolve("bad").resolve(name.replace(".yml", ".optr.yaml"));
    Path policy = Files.exists(own) ? own : ROOT.resolve("workflow-optr.yaml");
    return WorkflowFile.parse("workflow-optr.yaml", Bytes.of(Files.readAllBytes(policy)));
  }

  private static List<Path> yaml(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".yml")).sorted().toList();
    }
  }
}
