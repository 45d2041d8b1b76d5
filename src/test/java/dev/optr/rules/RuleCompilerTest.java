package dev.optr.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleCompilerTest {
  private final RuleCompiler compiler = new RuleCompiler(Set.of("build", "no-secrets"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "candidate.changedLines <= 400",
        "candidate.usage.usd < 2",
        "candidate.files.all(f, f.path.matches('^src/.*[.]java$'))",
        "candidate.files.filter(f, f.isTest).size() >= 1",
        "candidate.files.map(f, f.path).exists(p, p.endsWith('.java'))",
        "candidate.checks['build'] == 'held' && candidate.checks[intent.kind] != 'broken'",
        "intent.text.contains('login') || intent.number == 7",
        "'api' in candidate.riskFeatures",
        "candidate.tests.failed == 0 ? true : candidate.risk < 10",
      })
  void takesARule(String expression) {
    assertThat(compiler.compile(expression)).isInstanceOf(Compiled.Ready.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "candidate.chnagedLines <= 400 | 10 | there is no field 'chnagedLines'",
        "candiate.changedLines <= 400 | 0 | there is no 'candiate'",
        "candidate.files.all(f, f.pth == 'x') | 25 | there is no field 'pth'",
        "candidate.changedLines | 0 | the rule is of type 'int', needed: 'bool', such as a comparison",
        "candidate.checks['biuld'] == 'held' | 17 | there is no check 'biuld'",
        "dyn(candidate).foo == 1 | 0 | there is no 'dyn'",
        "type(1) == type(2) | 0 | there is no 'type'",
        "timestamp('2020-01-01T00:00:00Z') < timestamp('2021-01-01T00:00:00Z') | 0 | there is no 'timestamp'",
        "now() == 1 | 0 | there is no 'now'",
        "[1, 'a'].size() == 2 | 0 | values of several types in one list or map, allowed: of one",
        "[1] + [2] == [1, 2] | 4 | lists are joined by '+', allowed: numbers",
        "intent.text.matches('(a') | 19 | error parsing regexp: missing closing ): `(a`",
        "intent.text.matches('(?=a)b') | 19 | error parsing regexp: invalid or unsupported Perl syntax: `(?=`",
      })
  void saysWhereAndWhy(String expression, int offset, String message) {
    assertThat(errors(expression).getFirst().offset()).isEqualTo(offset);
    assertThat(errors(expression).getFirst().message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 +",
        "candidate.changedLines <",
        "candidate.changedLines = 4",
        "candidate.risk < 'low'",
        "'a' + 'b' == 'ab'",
        "(candidate){}.risk == 1",
        "candidate{}.risk == 1",
        "google.protobuf.Timestamp{} == google.protobuf.Timestamp{}",
        "candidate.files.all(f, candidate.files.all(g, candidate.files.all(h, true)))",
        "candidate.files[0].content == ''",
        "candidate.agent == 'claude'",
        "\u202e",
        "\u0000",
        "`candidate`.risk == 1",
        "candidate.checks.build == 'held'",
        "has(candidate.checks.build)",
        "candidate.checks.all(id, candidate.checks[id] == 'held')",
        "candidate.checks == {'build': 'held'}",
        "'build' in candidate.checks",
        "[candidate].all(c, c.checks.build == 'held')",
        "[candidate].all(c, c.checks['no-such'] == 'held')",
      })
  void refusesWhatIsNoRule(String expression) {
    assertThat(errors(expression)).isNotEmpty();
  }

  @Test
  void reportsEveryUnknownField() {
    assertThat(errors("candidate.a == 1 ||\n candidate.b == 2"))
        .extracting(RuleError::offset)
        .containsExactly(10, 31);
  }

  @Test
  void countsPlacesInCodePoints() {
    assertThat(errors("intent.text == '\uD83D\uDE00' && intent.txt == ''").getFirst().offset())
        .isEqualTo(29);
  }

  @Test
  void namesWhatCouldHaveBeenMeant() {
    assertThat(errors("candidate.chnagedLines <= 400").getFirst())
        .satisfies(
            error -> {
              assertThat(error.word()).isEqualTo("chnagedLines");
              assertThat(error.known()).contains("changedLines", "usd", "path");
            });
  }

  @Test
  void refusesWhatIsTooLongOrTooDeep() {
    assertThat(errors("true || ".repeat(1000) + "true")).isNotEmpty();
    assertThat(errors("(".repeat(100) + "true" + ")".repeat(100))).isNotEmpty();
    assertThat(errors("[".repeat(100_000))).isNotEmpty();
    assertThat(errors("intent.text.matches('((a{30}){30}){30}')")).isNotEmpty();
  }

  @Test
  void messagesAreOneShortLine() {
    assertThat(errors("intent.text.matches('(\\n" + "x".repeat(2000) + "')"))
        .allSatisfy(
            error ->
                assertThat(error.message())
                    .hasSizeLessThan(400)
                    .doesNotContainPattern("\\p{Cntrl}"));
  }

  private List<RuleError> errors(String expression) {
    return switch (compiler.compile(expression)) {
      case Compiled.Ready _ -> List.of();
      case Compiled.Refused(List<RuleError> errors) -> errors;
    };
  }
}
