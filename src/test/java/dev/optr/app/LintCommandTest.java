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

  @Test
  void looksAtTheWorkflowsThatCallTheAction() throws IOException {
    call(
        "optr.yml",
        """
        on: pull_request_target
        permissions: write-all
        concurrency: {group: "${{ github.ref }}", queue: max}
        jobs:
          optr/run:
            runs-on: ubuntu-24.04
            steps: [{uses: org/optr-executor@v1}]
        """);

    Invocation lint = lint(FOUR, Map.of("OPENAI_API_KEY", "k"));

    assertThat(lint.exit()).isEqualTo(2);
    assertThat(lint.out())
        .contains(
            ".github/workflows/optr.yml:1:5: 'pull_request_target' gives",
            ".github/workflows/optr.yml:2:1: job 'optr/run' has 'write-all'",
            ".github/workflows/optr.yml:7:20: 'org/optr-executor@v1' can become another commit",
            "warning: .github/workflows/optr.yml:1:1: no 'merge_group'",
            "lane codex (openai-codex): can run, can judge\n")
        .doesNotContain("nothing to mend");
  }

  @Test
  void documentsWhatIsWrongWithCallersByRuleAndPlace() throws IOException {
    call(
        "optr.yaml",
        """
        on: [pull_request]
        permissions: {contents: write, pull-requests: write, statuses: write}
        concurrency: {group: "${{ github.ref }}", queue: max}
        jobs:
          optr-run:
            runs-on: ubuntu-24.04
            steps: [{uses: org/optr-executor@0123456789012345678901234567890123456789}]
        """);

    Invocation lint = lint(FOUR, Map.of("OPENAI_API_KEY", "k"), "--json");

    assertThat(lint.exit()).isZero();
    assertThat(lint.document().array("findings")).isEmpty();
    assertThat(Invocation.objects(lint.document(), "callers"))
        .isNotEmpty()
        .first()
        .isEqualTo(
            Json.object()
                .put("rule", "missing-trigger")
                .put("severity", "warning")
                .put("file", ".github/workflows/optr.yaml")
                .put("line", 1)
                .put("column", 1)
                .put(
                    "message",
                    "no 'issue_comment: {types: [created]}', so that comments such as '/optr"
                        + " execute' do nothing; write it under 'on'")
                .build());
  }

  @Test
  void looksAtCallersWhereTheWorkflowFileIsWrongToo() throws IOException {
    call("optr.yml", "on: push\njobs: {a: {steps: [{uses: org/optr-executor@v1}]}}\n");

    Invocation lint = lint(FOUR + "exection: parallel\n", Map.of());

    assertThat(lint.exit()).isEqualTo(2);
    assertThat(lint.out())
        .contains("unknown key 'exection'", "optr.yml:2:27: 'org/optr-executor@v1'");
  }

  @Test
  void readsNoFileThroughALinkAndNoOtherFile() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path outside = elsewhere.resolve("x.yml");
    Files.writeString(outside, "jobs: {a: {steps: [{uses: org/optr-executor@v1}]}}\n");
    call("readme.md", Files.readString(outside));
    Files.createSymbolicLink(directory.resolve(".github/workflows/link.yml"), outside);
    Files.createDirectory(directory.resolve(".github/workflows/directory.yml"));

    Invocation lint = lint(FOUR, Map.of("OPENAI_API_KEY", "k"), "--json");

    assertThat(lint.exit()).isZero();
    assertThat(lint.document().array("callers")).isEmpty();
  }

  @Test
  void readsNoDirectoryThroughALink() throws IOException {
    call("optr.yml", "jobs: {a: {steps: [{uses: org/optr-executor@v1}]}}\n");
    Files.move(directory.resolve(".github"), directory.resolve("elsewhere"));
    Files.createDirectory(directory.resolve(".github"));
    Files.createSymbolicLink(
        directory.resolve(".github/workflows"), directory.resolve("elsewhere/workflows"));

    Invocation lint = lint(FOUR, Map.of("OPENAI_API_KEY", "k"), "--json");

    assertThat(lint.document().array("callers")).isEmpty();
  }

  @Test
  void knowsTheActionsOwnRepository() throws IOException {
    Files.writeString(directory.resolve("action.yml"), "name: optr-executor\n");
    call("own.yml", "on: push\njobs: {a: {steps: [{uses: ./}]}}\n");

    Invocation lint = lint(FOUR, Map.of("OPENAI_API_KEY", "k"));

    assertThat(lint.exit()).isEqualTo(2);
    assertThat(lint.out()).contains("own.yml:2:8: job 'a' has no 'permissions'");
  }

  private void call(String name, String workflow) throws IOException {
    Path file = directory.resolve(".github/workflows").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, workflow);
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
