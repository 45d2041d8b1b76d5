package dev.optr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleTest {
  private static final RuleCompiler COMPILER = new RuleCompiler(Set.of("build", "no-secrets"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate.changedLines == 35",
        "candidate.additions == 32 && candidate.deletions == 3",
        "candidate.changedBytes == 1400",
        "candidate.files.size() == 2",
        "candidate.files[0].path == 'src/Login.java'",
        "candidate.files.exists_one(f, f.isTest)",
        "candidate.files.all(f, f.mode == '100644' && !f.binary && !f.isGenerated)",
        "candidate.files.exists(f, f.status == 'added' && f.oldMode == '' && f.from == '')",
        "candidate.risk < 20 && 'no-tests' in candidate.riskFeatures",
        "candidate.usage.inputTokens + candidate.usage.outputTokens == 1200",
        "candidate.checks['no-secrets'] == 'held'",
        "intent.kind == 'pull_request' && intent.number == 7 && intent.author == 'ada'",
        "intent.text.startsWith('Fix')",
        "candidate == candidate || true",
      })
  void holdsEarly(String expression) throws InterruptedException {
    assertThat(verdict(expression, RuleSamples.early())).isEqualTo(new Verdict.Held());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate.changedLines > 400",
        "candidate.files.exists(f, f.path.matches('^docs/'))",
        "candidate.usage.usd < 2.0 && candidate.changedLines > 400",
        "candidate.changedLines > 400 && candidate.usage.usd < 2.0",
      })
  void isBroken(String expression) throws InterruptedException {
    assertThat(verdict(expression, RuleSamples.early())).isEqualTo(new Verdict.Broken());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "candidate.usage.usd < 2.0 | 'candidate.usage.usd' not known",
        "candidate.tests.failed == 0 | 'candidate.tests' not known",
        "candidate.tests.total > 0 && candidate.usage.usd < 2 | 'candidate.tests', 'candidate.usage.usd' not known",
        "candidate.checks['build'] == 'held' | 'candidate.checks.build' not known",
        "has(candidate.usage.usd) | 'candidate.usage.usd' not known",
        "candidate == candidate | 'candidate' not known",
      })
  void isUndeterminedWhileAFactIsNotKnown(String expression, String reason)
      throws InterruptedException {
    assertThat(verdict(expression, RuleSamples.early()))
        .isEqualTo(new Verdict.Undetermined(reason, true));
    assertThat(verdict(expression, RuleSamples.late())).isEqualTo(new Verdict.Held());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate.usage.usd < 2.0 || candidate.changedLines < 400",
        "candidate.changedLines < 400 || candidate.tests.failed == 0",
        "candidate.changedLines < 400 ? true : candidate.tests.failed == 0",
        "candidate.changedLines / 0 == 1 || true",
      })
  void holdsWhateverTheUnknownIs(String expression) throws InterruptedException {
    assertThat(verdict(expression, RuleSamples.early())).isEqualTo(new Verdict.Held());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "candidate.changedLines / 0 == 1 | / by zero",
        "candidate.files[9].path == '' | Index out of bounds: 9",
        "9223372036854775807 + candidate.risk > 0 | long overflow",
      })
  void isUndeterminedWhereItFails(String expression, String reason) throws InterruptedException {
    assertThat(verdict(expression, RuleSamples.late()))
        .isEqualTo(new Verdict.Undetermined(reason, false));
  }

  @Test
  void isEndedByTheNumberOfIterations() throws InterruptedException {
    RuleFacts large = RuleSamples.of(files(5000));
    assertThat(verdict("candidate.files.all(f, candidate.files.exists(g, g.path == 'no'))", large))
        .isEqualTo(new Verdict.Broken());
    assertThat(verdict("candidate.files.all(f, candidate.files.all(g, g.path != 'no'))", large))
        .isInstanceOfSatisfying(
            Verdict.Undetermined.class,
            undetermined -> assertThat(undetermined.reason()).contains("Iteration budget"));
  }

  @Test
  void patternsTakeLinearTime() throws InterruptedException {
    String path = "a".repeat(4000) + "!";
    assertThat(
            verdict(
                "candidate.files.exists(f, f.path.matches('^(a+)+$'))",
                RuleSamples.of(List.of(RuleSamples.file(path, "added", 1, 0)))))
        .isEqualTo(new Verdict.Broken());
  }

  @Test
  void whatIsFromACandidateIsNoPartOfALine() throws InterruptedException {
    RuleFacts hostile =
        RuleSamples.of(List.of(RuleSamples.file("a\n::error::b\u202e", "added", 1, 0)));
    assertThat(verdict("{'x': 1}[candidate.files[0].path] == 1", hostile))
        .isInstanceOfSatisfying(
            Verdict.Undetermined.class,
            undetermined ->
                assertThat(undetermined.reason())
                    .doesNotContain("\n", "\u202e")
                    .hasSizeLessThan(400));
  }

  @Test
  void theSameFactsGiveTheSameVerdict() throws InterruptedException {
    Rule rule = rule("candidate.files.all(f, f.additions < 30)");
    assertThat(List.of(rule.evaluate(RuleSamples.late()), rule.evaluate(RuleSamples.late())))
        .containsOnly(new Verdict.Held());
  }

  private static List<RuleFacts.File> files(int count) {
    List<RuleFacts.File> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(RuleSamples.file("src/" + i + ".java", "added", 1, 0));
    }
    return files;
  }

  private static Verdict verdict(String expression, RuleFacts facts) throws InterruptedException {
    return rule(expression).evaluate(facts);
  }

  private static Rule rule(String expression) {
    return switch (COMPILER.compile(expression)) {
      case Compiled.Ready(Rule rule) -> rule;
      case Compiled.Refused(List<RuleError> errors) ->
          throw new AssertionError(expression + ": " + errors);
    };
  }
}
