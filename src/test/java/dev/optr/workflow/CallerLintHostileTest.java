package dev.optr.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever a repository's workflows are, the result is findings, and few and short ones. */
final class CallerLintHostileTest {
  private static final String STEP = "\n    steps: [{uses: org/optr-executor@v1}]\n";

  @Property(tries = 400)
  void readsADamagedFile(@ForAll @IntRange(max = 2_500) int position, @ForAll byte damage)
      throws IOException {
    byte[] bytes = Files.readAllBytes(CallerSamples.ROOT.resolve("mended/secrets-in-verify.yml"));
    bytes[position % bytes.length] = damage;

    assertReadable(lint(Bytes.of(bytes)));
  }

  @Test
  void refusesAFileThatIsTooLong() {
    String text = "# org/optr-executor\n" + "#\n".repeat(100_000);

    assertThat(lint(Bytes.utf8(text)))
        .extracting(CallerFinding::message)
        .containsExactly("the file has 200020 bytes, allowed: at most 131072");
  }

  @Test
  void refusesNestingThatHasNoEnd() {
    assertThat(lint("jobs: " + "[".repeat(60_000) + " # optr-executor"))
        .extracting(CallerFinding::rule)
        .containsExactly("unreadable");
  }

  @Test
  void refusesAliasesThatGrowWithoutEnd() {
    StringBuilder text = new StringBuilder("a0: &a0 [optr-executor, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]%n".formatted(i, i, String.join(", ", before, before, before)));
    }
    text.append("jobs: {a: {steps: [*a8, *a8]}}\n");

    assertThat(lint(text.toString())).extracting(CallerFinding::rule).contains("unreadable");
  }

  @Test
  void refusesAnAliasOfItself() {
    assertReadable(lint("jobs: &a {optr-executor: *a}\n"));
  }

  @Test
  void readsExpressionsThatNeverEnd() {
    String text =
        "permissions: {}\njobs:\n  a:\n    env: {X: \"" + "${{ ".repeat(25_000) + "\"}" + STEP;

    assertReadable(lint(text));
  }

  @Test
  void saysOnlyTheFirstOfThousandsOfFindings() {
    StringBuilder text = new StringBuilder("permissions: {}\njobs:\n");
    for (int i = 0; i < 2_000; i++) {
      text.append("  j%d: {steps: [{uses: x/optr-executor@v}]}%n".formatted(i));
    }

    assertThat(lint(text.toString())).hasSizeLessThanOrEqualTo(200).isNotEmpty();
  }

  @Test
  void keepsForeignTextInItsLine() {
    String text =
        """
        on: "x\\n::error::y\\e[31m"
        permissions: {"a\\nb": write}
        concurrency: {group: "a\\nb", cancel-in-progress: "a\\u2028b"}
        jobs:
          "a\\n::set-output name=x::y":
            steps:
              - uses: "org/optr-executor@v1\\n##[error]z"
              - {uses: org/optr-executor@v1}
          c:
            steps:
              - {uses: org/optr-executor@v1, with: {"x\\ny\\u202e": 1, phase: "a\\nb"}}
        """;

    List<CallerFinding> found = lint(text);

    assertThat(found).hasSizeGreaterThan(9);
    assertThat(found)
        .extracting(CallerFinding::text)
        .noneMatch(message -> message.matches("(?s).*[\\p{Cntrl}\\u202e].*"));
  }

  @Test
  void takesAnyShapeInAnyPlace() {
    for (String value : List.of("", "~", "1", "[]", "{}", "[[a]]", "{a: {b: c}}", "'x'", "on")) {
      for (String key :
          List.of("on", "permissions", "concurrency", "env", "jobs", "name", "defaults")) {
        assertReadable(lint(key + ": " + value + "\njobs:\n  a:\n    permissions: {}" + STEP));
      }
      for (String key :
          List.of("permissions", "concurrency", "env", "steps", "uses", "with", "secrets", "if")) {
        assertReadable(
            lint("on: push\njobs:\n  a:\n    " + key + ": " + value + "\n  b: {}" + STEP));
        assertReadable(
            lint(
                "on: push\njobs:\n  a:\n    steps:\n      - uses: x/optr-executor/apply@v1\n       "
                    + " "
                    + key
                    + ": "
                    + value
                    + "\n"));
      }
    }
  }

  private static List<CallerFinding> lint(String text) {
    return lint(Bytes.utf8(text));
  }

  private static List<CallerFinding> lint(Bytes source) {
    return CallerLint.ofUsers()
        .check(List.of(new CallerFile("w.yml", source)), null, "workflow-optr.yaml");
  }

  private static void assertReadable(List<CallerFinding> found) {
    assertThat(found)
        .extracting(CallerFinding::text)
        .allMatch(text -> text.length() < 1_000)
        .allMatch(text -> text.matches("w\\.yml:[1-9][0-9]*:[1-9][0-9]*: [^\\n]+ \\[[a-z-]+]"));
  }
}
