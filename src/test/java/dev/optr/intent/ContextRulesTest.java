package dev.optr.intent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContextRulesTest {
  private static final Workflow PLAIN = workflow("agents: [{name: a, type: openai-codex}]\n");

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".env",
        "a/b/.env",
        ".env.production",
        "config/prod.env",
        "server.pem",
        "certs/SERVER.PEM",
        "tls.key",
        "store.p12",
        "ca.crt",
        "home/id_rsa",
        "home/id_rsa.pub",
        "id_ed25519",
        ".ssh/config",
        "a/.aws/credentials",
        ".npmrc",
        ".netrc",
        "deploy/service-account-prod.json",
        "infra/terraform.tfstate",
        "infra/terraform.tfstate.backup",
        ".env/nested/file.txt",
        "line\nbreak.pem",
        "datalake/ledger.jsonl",
        "datalake"
      })
  void hidesWhatHoldsKeysByItsName(String path) {
    assertThat(ContextRules.of(PLAIN).visible()).rejects(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "src/Environment.java",
        "env",
        "src/env.ts",
        "keys.md",
        "src/key/Key.java",
        "monkey",
        "pem/readme",
        "docs/datalake/a.md",
        "src/ssh/config"
      })
  void showsEverythingElse(String path) {
    assertThat(ContextRules.of(PLAIN).visible()).accepts(path);
  }

  @Test
  void hidesAllThatIsInAnExcludedDirectory() {
    Predicate<String> visible =
        ContextRules.of(
                workflow(
                    "agents: [{name: a, type: openai-codex}]\ncontext: {exclude: [secrets, 'x/*']}\n"))
            .visible();

    assertThat(visible)
        .rejects("secrets", "secrets/a", "secrets/a/b", "x/y", "x/y/z")
        .accepts("secrets.md", "a/secrets", "x");
  }

  @Test
  void showsWhatIsInScopeAlone() {
    Predicate<String> visible =
        ContextRules.of(
                workflow("agents: [{name: a, type: openai-codex}]\nscope: ['services/a/**']\n"))
            .visible();

    assertThat(visible)
        .accepts("services/a/x.java")
        .rejects("services/b/x.java", "README.md", "services/a/.env");
  }

  @Test
  void hidesFromOneAgentWhatItsOwnContextExcludes() {
    Workflow workflow =
        workflow(
            """
            agents:
              - {name: a, type: openai-codex, context: {exclude: ['docs/**']}}
              - {name: b, type: anthropic-claude}
            """);
    ContextRules rules = ContextRules.of(workflow);

    assertThat(rules.visibleTo(workflow.agents().get(0))).rejects("docs/a.md", ".env").accepts("a");
    assertThat(rules.visibleTo(workflow.agents().get(1))).accepts("docs/a.md").rejects(".env");
  }

  @Test
  void hidesWhatLiesDeeperThanAnyoneReads() {
    assertThat(ContextRules.of(PLAIN).visible())
        .accepts("d/".repeat(128) + "file")
        .rejects("d/".repeat(129) + "file");
  }

  @Test
  void documentsTheWholeBuiltInList() throws IOException {
    assertThat(Files.readString(Path.of("docs/workflow-file.md"), UTF_8))
        .contains(ContextRules.builtIn().stream().map(glob -> "`" + glob + "`").toList());
  }

  private static Workflow workflow(String source) {
    return WorkflowFile.parse("workflow-optr.yaml", Bytes.utf8(source));
  }
}
