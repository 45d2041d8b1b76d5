package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LintCommandTest {
  private static final String FOUR =
      """
      agents:
        - {name: codex, type: openai-codex}
        - {name: claude, type: anthropic-claude}
        - {name: copilot, type: github-copilot}
        - {name: mscopilot, type: ms-copilot-stride}
      optr: select_optr
      """;

  @TempDir Path directory;

  @Test
  void saysWhichLanesCanRunWithTheCredentialsPresent() throws IOException {
    Invocation lint = lint(FOUR, Map.of("ANTHROPIC_API_KEY", "sk-ant-0123456789"));

    assertThat(lint.exit()).as(lint.err()).isZero();
    assertThat(lint.out())
        .contains("lane claude (anthropic-claude): can run, can judge\n")
        .containsPattern("lane codex \\(openai-codex\\): cannot run: .*'OPENAI_API_KEY'")
        .containsPattern("lane copilot \\(github-copilot\\): cannot run: .*COPILOT_GITHUB_TOKEN")
        .containsPattern("lane mscopilot \\(ms-copilot-stride\\): cannot run: .*DIRECT_LINE_SECRET")
        .doesNotContain("sk-ant-0123456789");
  }

  @Test
  void findsFaultWhereNoQuorumCanBeReached() throws IOException {
    Invocation lint = lint(FOUR, Map.of());

    assertThat(lint.exit()).isEqualTo(2);
    assertThat(lint.out()).contains("workflow-optr.yaml: 0 of 4 lanes can run, and 'quorum' is 1");
  }

  @Test
  void namesEverythingThatIsWrongWithTheFileAtOnce() throws IOException {
    Invocation lint =
        lint(FOUR + "exection: parallel\nquorum: 9\n", Map.of("OPENAI_API_KEY", "k"), "--json");

    assertThat(lint.exit()).isEqualTo(2);
    JsonObject document = lint.document();
    assertThat(document.array("findings")).hasSize(2);
    assertThat(document.integer("exit")).isEqualTo(2L);
    assertThat(document.text("workflow")).isEqualTo("workflow-optr.yaml");
  }

  @Test
  void findsABudgetThatCouldNotBeKept() throws IOException {
    Invocation lint =
        lint(
            """
            agents:
              - {name: codex, type: openai-codex, model: some-model, budget: {usd: 1}}
            """,
            Map.of("OPENAI_API_KEY", "k"));

    assertThat(lint.exit()).isEqualTo(2);
    assertThat(lint.out())
        .contains("agent 'codex': the price of model 'some-model' is not known", "prices:");
  }

  @Test
  void warnsWhereNothingIsRecorded() throws IOException {
    Invocation lint = lint(FOUR + "ledger: disabled\n", Map.of("OPENAI_API_KEY", "k"), "--json");

    assertThat(lint.exit()).isZero();
    assertThat(lint.document().array("warnings")).hasSize(1);
    assertThat(Invocation.objects(lint.document(), "lanes"))
        .extracting(lane -> lane.get("canRun"))
        .containsExactly(Json.bool(true), Json.bool(false), Json.bool(false), Json.bool(false));
  }

  private Invocation lint(String workflow, Map<String, String> environment, String... more)
      throws IOException {
    Files.writeString(directory.resolve("workflow-optr.yaml"), workflow);
    String[] arguments = new String[more.length + 1];
    arguments[0] = "lint";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Invocation.of(directory, environment, arguments);
  }
}
