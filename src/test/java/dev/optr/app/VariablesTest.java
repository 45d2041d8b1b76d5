package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.WorkflowFile;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VariablesTest {
  private static final String LIKE = "https://api.openai.com/v1";

  private static Optional<String> baseUrl(String value, String more) {
    String agents = "agents: [{name: a, type: openai-codex" + more + "}]\nscope: ['src/**']\n";
    AgentSpec lane =
        WorkflowFile.parse("workflow-optr.yaml", Bytes.utf8(agents)).agents().getFirst();
    return new Variables(Map.of("OPENAI_BASE_URL", value)).baseUrl(lane, "OPENAI_BASE_URL", LIKE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://gateway.example/v1", "http://127.0.0.1:8080", "http://localhost/v1"})
  void takesABaseUrlThatNobodyCanListenTo(String url) {
    assertThat(baseUrl(url, "")).contains(url);
  }

  @Test
  void sendsNoCredentialOverAnOpenLine() {
    assertThatThrownBy(() -> baseUrl("http://gateway.example/v1", ""))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "agent 'a': variable 'OPENAI_BASE_URL' 'http://gateway.example/v1' is no https URL, so"
                + " the credential could be overheard; write one like '"
                + LIKE
                + "'");
  }

  @Test
  void looksAtNoVariableThatDoesNotCount() {
    assertThat(baseUrl(" ", "")).isEmpty();
    assertThat(baseUrl("http://gateway.example", ", endpoint: 'https://own.example'")).isEmpty();
  }
}
