package dev.optr.datalake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DataLakePathsTest {
  @Test
  void namesEveryDocumentAsTheFormatSays() {
    DataLakePaths paths = DataLakePaths.of("login-fix");
    assertThat(paths.workflowFile()).isEqualTo("datalake/workflows/login-fix/workflow-optr.yaml");
    assertThat(paths.intent()).isEqualTo("datalake/workflows/login-fix/intent.json");
    assertThat(paths.history()).isEqualTo("datalake/workflows/login-fix/history.json");
    assertThat(paths.agentOutput("claude"))
        .isEqualTo("datalake/workflows/login-fix/agent-outputs/claude.json");
    assertThat(paths.transcript("claude"))
        .isEqualTo("datalake/workflows/login-fix/agent-outputs/claude.transcript.jsonl");
    assertThat(paths.selection()).isEqualTo("datalake/workflows/login-fix/optr-selection.json");
    assertThat(paths.executionComplete())
        .isEqualTo("datalake/workflows/login-fix/execution-complete.json");
  }

  @Test
  void keepsPullRequestsApart() {
    assertThat(DataLakePaths.ofPullRequest("optr", 7).directory())
        .isEqualTo("datalake/workflows/optr-pr-7");
  }
}
