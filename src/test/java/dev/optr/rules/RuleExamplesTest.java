package dev.optr.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ten examples of docs/workflow-file.md do what their comments say. */
final class RuleExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "  # [0-9]+: .*\\n  - (?:\\{id: ([a-z-]+), rule: (.*?)(?:, advisory: true)?}"
              + "|id: ([a-z-]+)\\n    rule: (?:\\|\\n((?:      .*\\n)+)|(.*)))");
  private static final RuleCompiler COMPILER = new RuleCompiler(Set.of());
  private static final Map<String, RuleFacts> PATHS = paths();

  @Test
  void thereAreTen() throws IOException {
    assertThat(examples()).hasSize(10);
  }

  @ParameterizedTest
  @CsvSource({
    "small, fix, HELD",
    "small, rewrite, BROKEN",
    "docs-only, manual, HELD",
    "docs-only, fix, BROKEN",
    "tested, fix, HELD",
    "tested, manual, HELD",
    "tested, rewrite, BROKEN",
    "keeps-tests, fix, HELD",
    "keeps-tests, cheat, BROKEN",
    "no-dependencies, fix, HELD",
    "no-dependencies, library, BROKEN",
    "no-dependencies, upgrade, HELD",
    "plain-files, fix, HELD",
    "plain-files, cheat, HELD",
    "plain-files, tool, BROKEN",
    "one-module, fix, HELD",
    "one-module, rewrite, BROKEN",
    "careful, fix, HELD",
    "careful, library, HELD",
    "careful, rewrite, BROKEN",
    "worth-it, fix, HELD",
    "worth-it, rewrite, BROKEN",
    "worth-it, unpriced, UNDETERMINED",
    "all-ran, fix, HELD",
    "all-ran, rewrite, BROKEN",
    "all-ran, unpriced, UNDETERMINED",
  })
  void doWhatTheySay(String example, String path, String verdict)
      throws IOException, InterruptedException {
    assertThat(name(rule(example).evaluate(facts(path)))).isEqualTo(verdict);
  }

  private static Map<String, RuleFacts> paths() {
    RuleFacts.File source = RuleSamples.file("server/Login.java", "modified", 10, 2);
    RuleFacts.File test = RuleSamples.file("server/test/LoginTest.java", "modified", 8, 0);
    RuleFacts.Tests good = new RuleFacts.Tests(4, 4, 0, 0);
    RuleFacts.File client = RuleSamples.file("client/app.ts", "modified", 400, 300);
    RuleFacts.File manifest = RuleSamples.file("server/pom.xml", "modified", 3, 0);
    RuleFacts.File tool =
        new RuleFacts.File(
            "server/run", "", "modified", 1, 0, 9, false, "100755", "100644", false, false);
    return Map.of(
        "fix", path("Fix it", 5, "0.10", good, List.of(), source, test),
        "manual",
            path(
                "Say it", 0, "0.10", good, List.of(), RuleSamples.file("docs/a.md", "added", 5, 0)),
        "rewrite",
            path(
                "Do it",
                60,
                "3.00",
                new RuleFacts.Tests(4, 3, 0, 1),
                List.of("large-change"),
                source,
                client),
        "cheat",
            path(
                "Fix it",
                25,
                "0.10",
                good,
                List.of(),
                source,
                RuleSamples.file("server/test/A.java", "deleted", 0, 9)),
        "library", path("Fix it", 45, "0.10", good, List.of("dependencies"), source, manifest),
        "upgrade", path("Upgrade the library", 15, "0.10", good, List.of("dependencies"), manifest),
        "tool", path("Fix it", 15, "0.10", good, List.of("executable"), tool),
        "unpriced", path("Fix it", 15, null, null, List.of(), client));
  }

  private static RuleFacts path(
      String wish,
      long risk,
      @Nullable String usd,
      RuleFacts.@Nullable Tests tests,
      List<String> features,
      RuleFacts.File... files) {
    long additions = Arrays.stream(files).mapToLong(RuleFacts.File::additions).sum();
    long deletions = Arrays.stream(files).mapToLong(RuleFacts.File::deletions).sum();
    return new RuleFacts(
        new RuleFacts.Candidate(
            List.of(files),
            additions,
            deletions,
            additions + deletions,
            9 * (additions + deletions),
            risk,
            features,
            new RuleFacts.Usage(1L, 1L, usd == null ? null : new BigDecimal(usd)),
            tests,
            Map.of(),
            Set.of()),
        new RuleFacts.Intent(wish, "argument", 0, ""));
  }

  private static RuleFacts facts(String path) {
    RuleFacts facts = PATHS.get(path);
    assertThat(facts).as(path).isNotNull();
    return Objects.requireNonNull(facts);
  }

  private static Rule rule(String id) throws IOException {
    String expression = examples().get(id);
    assertThat(expression).as(id).isNotNull();
    return switch (COMPILER.compile(Objects.requireNonNull(expression))) {
      case Compiled.Ready(Rule rule) -> rule;
      case Compiled.Refused(List<RuleError> errors) -> throw new AssertionError(id + ": " + errors);
    };
  }

  private static Map<String, String> examples() throws IOException {
    String page = Files.readString(Path.of("docs/workflow-file.md"), UTF_8);
    String block = page.substring(page.indexOf("Ten examples:"));
    Map<String, String> examples = new LinkedHashMap<>();
    for (MatchResult match :
        EXAMPLE.matcher(block.substring(0, block.indexOf("\n```\n") + 1)).results().toList()) {
      String id = match.group(1) == null ? match.group(3) : match.group(1);
      String written =
          match.group(2) != null
              ? match.group(2)
              : match.group(4) != null ? match.group(4) : match.group(5);
      examples.put(id, written.replaceAll("^\"|\"$", ""));
    }
    return examples;
  }

  private static String name(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Held() -> "HELD";
      case Verdict.Broken() -> "BROKEN";
      case Verdict.Undetermined(String _, boolean _) -> "UNDETERMINED";
    };
  }
}
