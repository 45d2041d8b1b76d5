package dev.optr.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleChecksTest {
  private static final String AGENTS = "agents: [{name: a, type: openai-codex}]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "candidate.rsk < 1 ~ 4:21",
        "'candidate.rsk < 1' ~ 4:22",
        "\"candidate.rsk < 1\" ~ 4:22",
        "'''x'' == ''y'' || candidate.rsk < 1' ~ 4:40",
        "\"\\\"x\\\" == \\\"y\\\" || candidate.rsk < 1\" ~ 4:40",
        "|§        candidate.risk < 3 ||§          candidate.rsk < 1 ~ 6:21",
        ">-§        candidate.risk < 3 ||§        candidate.rsk < 1 ~ 6:19",
        "|§§§        candidate.rsk < 1 ~ 7:19",
        "candidate.risk < 3 ||§        candidate.rsk < 1 ~ 5:19",
        "'candidate.risk < 3 ||§        candidate.rsk < 1' ~ 5:19",
        "\"candidate.risk < 3 ||\\§        candidate.rsk < 1\" ~ 4:11",
        "\"\\x63andidate.rsk < 1\" ~ 4:11",
        "&a candidate.rsk < 1 ~ 4:11",
        "intent.text == '\uD83D\uDE00' || candidate.rsk < 1 ~ 4:43",
      })
  void pointsAtTheWordInTheFile(String scalar, String place) {
    List<String> messages =
        messages(
            AGENTS + "constraints:\n  - id: small\n    rule: " + scalar.replace("§", "\n") + "\n");

    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst()).startsWith("w.yaml:" + place + ": ");
  }

  @Test
  void saysWhatWasProbablyMeant() {
    assertThat(messages(AGENTS + "constraints: [{id: a, rule: candidate.chnagedLines < 4}]\n"))
        .containsExactly(
            "w.yaml:2:39: 'constraints[0].rule': there is no field 'chnagedLines', did you mean"
                + " 'changedLines'?");
  }

  @Test
  void readsALineEndOfWindows() {
    assertThat(
            messages(
                (AGENTS + "constraints:\n  - id: a\n    rule: |\n      true &&\n      candidat\n")
                    .replace("\n", "\r\n")))
        .singleElement()
        .asString()
        .startsWith("w.yaml:6:7: ");
  }

  @Test
  void reportsRulesTogetherWithEverythingElse() {
    assertThat(
            messages(
                """
                agents: [{name: a, type: openai-cdex}]
                constraints:
                  - 7
                  - {id: a, rule: candidate.rsk < 1}
                  - {id: b, rule: "1 +"}
                  - {id: a, rule: candidate.changedLines}
                  - {rule: candidate.files}
                invariants: [{id: tests}]
                surplus: 1
                """))
        .anySatisfy(line -> assertThat(line).startsWith("w.yaml:4:29: "))
        .anySatisfy(line -> assertThat(line).startsWith("w.yaml:5:"))
        .anySatisfy(line -> assertThat(line).contains("the rule is of type 'int'"))
        .anySatisfy(line -> assertThat(line).contains("the rule is of type 'list'"))
        .anySatisfy(line -> assertThat(line).contains("surplus"))
        .anySatisfy(line -> assertThat(line).contains("openai-cdex"));
  }

  @Test
  void knowsTheChecksOfTheFile() {
    String file =
        AGENTS
            + "constraints: [{id: a, rule: \"candidate.checks['%s'] == 'held'\"}]\n"
            + "invariants: [{id: tests, run: make}]\n";

    assertThat(WorkflowFile.parse("w.yaml", Bytes.utf8(file.formatted("tests"))).constraints())
        .hasSize(1);
    assertThat(WorkflowFile.parse("w.yaml", Bytes.utf8(file.formatted("no-secrets"))).constraints())
        .hasSize(1);
    assertThat(messages(file.formatted("tsets")))
        .containsExactly(
            "w.yaml:2:47: 'constraints[0].rule': there is no check 'tsets', did you mean 'tests'?");
  }

  private static List<String> messages(String file) {
    UserException refused =
        catchThrowableOfType(
            UserException.class, () -> WorkflowFile.parse("w.yaml", Bytes.utf8(file)));
    assertThat(refused).isNotNull();
    return refused.messages();
  }
}
