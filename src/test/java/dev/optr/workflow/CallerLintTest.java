package dev.optr.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code bad/x.yml} names in a comment {@code #!} behind a line the rules that find something
 * there, and {@code bad/x.txt} has the messages; with {@code -Dgolden.update} these are written
 * instead. {@code mended/x.yml} is the same file, put right.
 */
final class CallerLintTest {
  private static final String POLICY = "workflow-optr.yaml";
  private static final String EXPECTED = "#!";

  static Stream<Path> bad() throws IOException {
    return CallerSamples.bad().stream();
  }

  static Stream<Path> mended() throws IOException {
    return CallerSamples.mended().stream();
  }

  static Stream<CallerFile> shown() throws IOException {
    return CallerSamples.shown().stream();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void findsWhatIsWrongInItsLine(Path path) throws IOException {
    List<CallerFinding> found = lint(path);

    assertThat(found)
        .extracting(finding -> finding.line() + " " + finding.rule())
        .containsExactlyInAnyOrderElementsOf(expected(path));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void saysWhatWasFoundAndWhatToWrite(Path path) throws IOException {
    Path golden = path.resolveSibling(path.getFileName().toString().replace(".yml", ".txt"));
    List<String> messages = lint(path).stream().map(CallerLintTest::line).toList();
    if (System.getProperties().containsKey("golden.update")) {
      Files.write(golden, messages);
    }
    assertThat(messages).isEqualTo(Files.readAllLines(golden));
  }

  @ParameterizedTest
  @MethodSource("mended")
  void saysNothingOfWhatIsMended(Path path) throws IOException {
    assertThat(lint(path)).isEmpty();
  }

  @Test
  void everyBadFileIsMendedOnce() throws IOException {
    assertThat(bad().map(Path::getFileName)).isEqualTo(mended().map(Path::getFileName).toList());
    assertThat(bad()).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void everyRuleHasABadFile() throws IOException {
    TreeSet<String> seen = new TreeSet<>();
    for (Path path : CallerSamples.bad()) {
      lint(path).forEach(finding -> seen.add(finding.rule()));
    }
    assertThat(seen)
        .containsExactlyElementsOf(
            new TreeSet<>(Arrays.stream(CallerRule.values()).map(CallerRule::id).toList()));
  }

  @Test
  void everyRuleIsExplained() throws IOException {
    List<String> rows = Files.readAllLines(Path.of("docs/lint.md"));
    for (CallerRule rule : CallerRule.values()) {
      String severity =
          switch (rule.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
          };
      assertThat(rows)
          .as(rule.id())
          .anyMatch(row -> row.startsWith("| `" + rule.id() + "` | " + severity + " | "));
    }
  }

  @ParameterizedTest
  @MethodSource("shown")
  void saysNothingOfWhatIsShippedAndShown(CallerFile file) {
    assertThat(CallerLint.ofUsers().check(List.of(file), null, POLICY))
        .extracting(CallerFinding::text)
        .isEmpty();
  }

  @Test
  void everythingShownTogetherIsSilentToo() throws IOException {
    assertThat(CallerLint.ofUsers().check(CallerSamples.shown(), null, POLICY)).isEmpty();
  }

  @Test
  void knowsTheInputsThatThereAre() throws IOException {
    assertThat(keys("action.yml", "inputs")).isEqualTo(CallerInputs.ACTION);
    assertThat(keys("apply/action.yml", "inputs")).isEqualTo(CallerInputs.APPLY);
    assertThat(keys(".github/workflows/optr.yml", "on", "workflow_call", "inputs"))
        .isEqualTo(CallerInputs.CALLED);
    assertThat(keys(".github/workflows/optr.yml", "on", "workflow_call", "secrets"))
        .isEqualTo(CallerInputs.SECRETS);
  }

  private static List<String> keys(String file, String... path) throws IOException {
    Findings findings = new Findings(file);
    YamlNode node = new YamlReader(findings).read(CallerSamples.file(Path.of(file)).source());
    for (String key : path) {
      node = node instanceof YamlNode.Mapping map ? CallerYaml.value(map, key).orElse(null) : null;
    }
    assertThat(node).isInstanceOf(YamlNode.Mapping.class);
    return node instanceof YamlNode.Mapping(Mark _, List<YamlNode.Entry> entries)
        ? entries.stream().map(YamlNode.Entry::key).toList()
        : List.of();
  }

  @Test
  void countsEventsOverAllWorkflowsOfTheRepository() throws IOException {
    String events = Files.readString(CallerSamples.ROOT.resolve("bad/events-missing.yml"));
    List<CallerFile> files =
        List.of(
            new CallerFile("a.yml", Bytes.utf8(events)),
            new CallerFile(
                "b.yml",
                Bytes.utf8(
                    events.replace(
                        "on: pull_request",
                        "on: {issue_comment: , merge_group: , schedule: [{cron: '1 1 * * 1'}]}"))),
            new CallerFile(
                "c.yml",
                Bytes.utf8(
                    events.replace(
                        "on: pull_request", "on: {pull_request: {types: [ready_for_review]}}"))));

    assertThat(CallerLint.ofUsers().check(files, null, POLICY))
        .extracting(CallerFinding::message)
        .noneMatch(message -> message.startsWith("no '"));
  }

  @Test
  void knowsItselfByItsPathInItsOwnRepositoryAlone() {
    CallerFile file =
        new CallerFile(
            "own.yml",
            Bytes.utf8(
                """
                on: workflow_call
                permissions: {}
                jobs:
                  a:
                    runs-on: ubuntu-24.04
                    steps: [{uses: ./}]
                  b:
                    runs-on: ubuntu-24.04
                    permissions: {contents: write}
                    steps: [{uses: ./apply/, with: {bundle-digest: x, row: y}}]
                  optr:
                    uses: ./.github/workflows/optr.yml
                """));

    assertThat(CallerLint.ofUsers().check(List.of(file), null, POLICY)).isEmpty();
    assertThat(CallerLint.ofOwnRepository().check(List.of(file), null, POLICY))
        .extracting(CallerFinding::rule)
        .containsOnly("permissions", "writes-in-verify", "verify-names")
        .hasSize(10);
  }

  @Test
  void restsRulesAboutAWorkflowFileThatItCannotSee() throws IOException {
    CallerFile signing =
        CallerSamples.file(CallerSamples.ROOT.resolve("bad/signing-key-with-commands.yml"));
    CallerFile checks =
        CallerSamples.file(CallerSamples.ROOT.resolve("bad/needless-permissions.yml"));

    assertThat(CallerLint.ofUsers().check(List.of(signing), null, POLICY)).isEmpty();
    assertThat(CallerLint.ofUsers().check(List.of(checks), null, POLICY))
        .extracting(CallerFinding::message)
        .singleElement()
        .asString()
        .contains("'packages: write'");
  }

  @Test
  void saysNothingOfWorkflowsThatAreNotCallers() {
    CallerFile other =
        new CallerFile(
            "ci.yml",
            Bytes.utf8(
                "on: pull_request_target\npermissions: write-all\njobs:\n  a:\n    steps: [{uses:"
                    + " x/y@v1}] # optr\n"));
    CallerFile broken = new CallerFile("broken.yml", Bytes.utf8("a: [optr"));

    assertThat(CallerLint.ofUsers().check(List.of(other, broken), null, POLICY)).isEmpty();
  }

  private static List<CallerFinding> lint(Path path) throws IOException {
    CallerFile file = CallerSamples.file(path);
    return CallerLint.ofUsers().check(List.of(file), CallerSamples.policy(file.name()), POLICY);
  }

  private static String line(CallerFinding finding) {
    return (finding.severity() == CallerFinding.Severity.WARNING ? "warning: " : "")
        + finding.text();
  }

  private static List<String> expected(Path path) throws IOException {
    List<String> expected = new ArrayList<>();
    List<String> lines = Files.readAllLines(path);
    for (int i = 0; i < lines.size(); i++) {
      int mark = lines.get(i).indexOf(EXPECTED);
      if (mark >= 0) {
        String rules = lines.get(i).substring(mark + EXPECTED.length()).strip();
        for (String rule : rules.split(" ", -1)) {
          expected.add(i + 1 + " " + rule);
        }
      }
    }
    return expected;
  }
}
