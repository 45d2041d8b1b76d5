package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The workflows that are shipped and shown: actionlint finds nothing in them, and each job has no
 * more than it needs. {@code .ci/run} unpacks actionlint under target/.
 */
final class ExampleWorkflowsTest {
  private static final Path ACTIONLINT = Path.of("target/actionlint/package");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
  private static final Pattern USES = Pattern.compile("(?m)^\\s*(?:- )?uses: (\\S+)(.*)$");
  private static final Pattern PINNED = Pattern.compile("[\\w./-]+@[0-9a-f]{40}");
  private static final Pattern JOB = Pattern.compile("(?m)^  ([a-z-]+):$");

  @TempDir private Path directory;

  static List<Path> shipped() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String place : List.of(".github/workflows", "docs/examples")) {
      try (Stream<Path> all = Files.list(Path.of(place))) {
        all.filter(path -> path.toString().endsWith(".yml")).sorted().forEach(files::add);
      }
    }
    return files;
  }

  static List<Path> threeJobs() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path path : shipped()) {
      if (Files.readString(path).contains("phase: select")) {
        found.add(path);
      }
    }
    return found;
  }

  @Test
  void actionlintFindsNothing() throws IOException, InterruptedException {
    boolean there = Files.exists(ACTIONLINT.resolve("main.wasm"));
    if (!"true".equals(System.getenv("CI"))) {
      assumeTrue(there, "actionlint is unpacked by .ci/run alone");
    }
    assertThat(there).as("CI=true, but .ci/run did not unpack actionlint").isTrue();
    List<String> command = new ArrayList<>(List.of("node", ".ci/actionlint.mjs"));
    command.add(ACTIONLINT.toString());
    shipped().forEach(file -> command.add(file.toString()));
    shown().forEach(file -> command.add(file.toString()));

    Process lint = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(lint.getInputStream().readAllBytes(), UTF_8);

    assertThat(lint.waitFor()).as(said).isZero();
    assertThat(said).endsWith(" files, 0 findings\n");
  }

  /** Workflows in the pages, each as a file. */
  private List<Path> shown() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String page : List.of("README.md", "docs/three-jobs.md", "docs/gate.md")) {
      Matcher fence = FENCE.matcher(Files.readString(Path.of(page)));
      while (fence.find()) {
        if (fence.group(1).contains("\njobs:\n")) {
          String name = page.replace('/', '-') + "-" + files.size() + ".yml";
          files.add(Files.writeString(directory.resolve(name), fence.group(1)));
        }
      }
    }
    assertThat(files).isNotEmpty();
    return files;
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void pinsWhatOthersWrote(Path file) throws IOException {
    Matcher uses = USES.matcher(Files.readString(file));
    int found = 0;
    while (uses.find()) {
      String name = uses.group(1);
      found++;
      if (name.startsWith("./")) {
        continue;
      }
      assertThat(name).matches(PINNED);
      assertThat(uses.group(2)).as(name).matches(" # v\\d+\\.\\d+\\.\\d+");
    }
    assertThat(found).isPositive();
  }

  /**
   * One release, so that nobody copies a mixture. The reusable workflow names the commit before it.
   */
  @Test
  void pinOneReleaseOfThisProject() throws IOException {
    Set<String> pins = new TreeSet<>();
    for (Path file : pinned()) {
      pins.addAll(pins(file));
    }
    assertThat(pins).hasSize(1);
    assertThat(pins(Path.of(".github/workflows/optr.yml")))
        .extracting(pin -> pin.replaceFirst("@\\S+", ""))
        .containsExactlyElementsOf(
            pins.stream().map(pin -> pin.replaceFirst("@\\S+", "")).toList());
  }

  @Test
  void aReleaseWritesItsCommitIntoAllOfThem() throws IOException, InterruptedException {
    String commit = "4f1c2a7d9b3e5f60718293a4b5c6d7e8f9012345";
    List<String> command = new ArrayList<>(List.of("bash", ".ci/pin", commit, "v2.10.3"));
    List<Path> copies = new ArrayList<>();
    for (Path file : pinned()) {
      Path copy = directory.resolve(file.toString().replace('/', '-'));
      copies.add(Files.copy(file, copy));
      command.add(copy.toString());
    }

    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();

    for (int i = 0; i < copies.size(); i++) {
      Path file = pinned().get(i);
      assertThat(pins(copies.get(i)))
          .as(file.toString())
          .containsExactly("@" + commit + " # v2.10.3");
      String pin = pins(file).iterator().next();
      assertThat(Files.readString(copies.get(i)))
          .isEqualTo(Files.readString(file).replace(pin, "@" + commit + " # v2.10.3"));
    }
  }

  @Test
  void noReleaseIsWrittenThatIsNone() throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("a.yml"), "- uses: org/optr-executor@x\n");
    ProcessBuilder pin = new ProcessBuilder("bash", ".ci/pin", "v1", "v1.0.0", file.toString());

    assertThat(pin.start().waitFor()).isEqualTo(2);
  }

  /** Where the release of this project is named, but in the reusable workflow. */
  private static List<Path> pinned() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String page : List.of("README.md", "docs/three-jobs.md", "docs/gate.md")) {
      found.add(Path.of(page));
    }
    shipped().stream().filter(path -> path.startsWith("docs")).forEach(found::add);
    return found;
  }

  private static Set<String> pins(Path file) throws IOException {
    Set<String> pins = new TreeSet<>();
    Matcher uses = USES.matcher(Files.readString(file));
    while (uses.find()) {
      if (uses.group(1).startsWith("org/optr-executor")) {
        pins.add(uses.group(1).replaceFirst("^[^@]+", "") + uses.group(2));
      }
    }
    return pins;
  }

  @ParameterizedTest
  @MethodSource("threeJobs")
  void giveSecretsToTheJobsThatNeedThem(Path file) throws IOException {
    Map<String, String> jobs = jobs(file);
    assertThat(jobs).containsKeys("verify", "select");
    jobs.forEach(
        (name, job) -> {
          boolean keys =
              Pattern.compile(
                      "secrets\\.(?!OPTR_SIGNING_KEY|signing-key|writer-token|app-private-key)")
                  .matcher(job)
                  .find();
          assertThat(keys).as("provider keys in " + name).isEqualTo(name.startsWith("propose"));
          boolean signs = job.contains("SIGNING_KEY") || job.contains("secrets.signing-key");
          assertThat(signs).as("signing key in " + name).isEqualTo(name.equals("select"));
        });
    assertThat(jobs.get("verify")).doesNotContain("secrets", "github.token");
  }

  @ParameterizedTest
  @MethodSource("threeJobs")
  void giveEachJobTheLeastPermissions(Path file) throws IOException {
    assertThat(Files.readString(file)).containsPattern("(?m)^permissions: \\{\\}");
    jobs(file)
        .forEach(
            (name, job) -> {
              boolean writes = Pattern.compile("(?m)^      [a-z-]+: write").matcher(job).find();
              assertThat(writes).as(name).isEqualTo(name.equals("select"));
              assertThat(job).as(name).contains("    permissions:\n");
            });
    assertThat(jobs(file).get("verify"))
        .contains("    permissions:\n      contents: read\n    strategy:")
        .contains("persist-credentials: false")
        .contains("ref: ${{ matrix.commit }}");
  }

  @ParameterizedTest
  @MethodSource("threeJobs")
  void neverWriteAnExpressionIntoAScript(Path file) throws IOException {
    assertThat(Files.readString(file).lines().filter(line -> line.contains("run: ")))
        .noneMatch(line -> line.contains("${{") && !line.contains("OPTR_RUN: "));
  }

  @ParameterizedTest
  @MethodSource("threeJobs")
  void selectDecidesHoweverTheRowsEnded(Path file) throws IOException {
    assertThat(jobs(file).get("select")).containsPattern("\n    if: always\\(\\) && ");
  }

  /** Select alone ends the gate: an artifact that is gone must not keep it from running. */
  @ParameterizedTest
  @MethodSource("threeJobs")
  void selectDecidesWithoutTheArtifactToo(Path file) throws IOException {
    assertThat(jobs(file).get("select"))
        .containsPattern(
            "\n        continue-on-error: true[^\n]*\n        uses: actions/download-artifact@");
  }

  @Test
  void theReusableWorkflowRunsAsManyInvariantsAsAJobCanHave() throws IOException {
    String verify = String.valueOf(jobs(Path.of(".github/workflows/optr.yml")).get("verify"));
    for (int step = 0; step < 8; step++) {
      assertThat(verify)
          .contains("- name: \"optr: ${{ matrix.steps[%d].id }}\"".formatted(step))
          .contains("OPTR_RUN: ${{ matrix.steps[%d].run }}".formatted(step));
    }
    assertThat(verify).doesNotContain("matrix.steps[8]");
  }

  private static Map<String, String> jobs(Path file) throws IOException {
    String text = Files.readString(file);
    String jobs = text.substring(text.indexOf("\njobs:\n"));
    Map<String, String> found = new LinkedHashMap<>();
    List<Integer> starts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Matcher job = JOB.matcher(jobs);
    while (job.find()) {
      starts.add(job.start());
      names.add(job.group(1));
    }
    starts.add(jobs.length());
    for (int i = 0; i < names.size(); i++) {
      found.put(names.get(i), jobs.substring(starts.get(i), starts.get(i + 1)));
    }
    return found;
  }
}
