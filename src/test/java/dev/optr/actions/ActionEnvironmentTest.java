package dev.optr.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.optr.base.UserException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ActionEnvironmentTest {
  private static Map<String, String> runner() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("GITHUB_EVENT_NAME", "pull_request");
    variables.put("GITHUB_EVENT_PATH", "/github/workflow/event.json");
    variables.put("GITHUB_WORKSPACE", "/github/workspace");
    variables.put("GITHUB_API_URL", "https://api.github.com");
    variables.put("GITHUB_GRAPHQL_URL", "https://api.github.com/graphql");
    variables.put("GITHUB_SERVER_URL", "https://github.com");
    variables.put("GITHUB_REPOSITORY", "acme/widgets");
    variables.put("GITHUB_REPOSITORY_ID", "4711");
    variables.put("GITHUB_SHA", "e1d0c9b8a7968574635241302f1e0d9c8b7a6958");
    variables.put("GITHUB_REF", "refs/pull/7/merge");
    variables.put("GITHUB_RUN_ID", "11223344556");
    variables.put("GITHUB_RUN_ATTEMPT", "2");
    variables.put("GITHUB_ACTOR", "ada");
    variables.put("GITHUB_WORKFLOW_REF", "acme/widgets/.github/workflows/optr.yml@refs/heads/main");
    variables.put("RUNNER_TEMP", "/github/runner_temp");
    return variables;
  }

  private static Map<String, String> runner(String name, String value) {
    Map<String, String> variables = runner();
    variables.put(name, value);
    return variables;
  }

  private static ActionInputs inputs(String... namesAndValues) {
    Map<String, String> variables = runner();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      variables.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return ActionEnvironment.of(variables).inputs();
  }

  @Test
  void readsWhatTheRunnerTells() {
    ActionEnvironment environment = ActionEnvironment.of(runner());

    assertThat(environment.eventName()).isEqualTo("pull_request");
    assertThat(environment.eventPath()).isEqualTo(Path.of("/github/workflow/event.json"));
    assertThat(environment.repositoryId()).isEqualTo(4711);
    assertThat(environment.runAttempt()).isEqualTo(2);
    assertThat(environment.workflowPath()).isEqualTo(".github/workflows/optr.yml");
    assertThat(environment.outputFile()).isNull();
    assertThat(environment.summaryFile()).isNull();
    assertThat(environment.runUrl())
        .isEqualTo(
            URI.create("https://github.com/acme/widgets/actions/runs/11223344556/attempts/2"));
  }

  @Test
  void namesEveryVariableThatIsMissing() {
    Map<String, String> variables = runner();
    variables.remove("GITHUB_SHA");
    variables.put("RUNNER_TEMP", " ");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ActionEnvironment.of(variables))
        .satisfies(
            e ->
                assertThat(e.messages())
                    .containsExactly(
                        "GITHUB_SHA: not set; run this in a step of GitHub Actions, or use"
                            + " 'optr run' elsewhere",
                        "RUNNER_TEMP: not set; run this in a step of GitHub Actions, or use"
                            + " 'optr run' elsewhere"));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ActionEnvironment.of(Map.of()))
        .satisfies(e -> assertThat(e.messages()).hasSize(runner().size()));
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB_API_URL, ftp://api.github.com",
    "GITHUB_SERVER_URL, not a url",
    "GITHUB_REPOSITORY, acme/widgets/../other",
    "GITHUB_REPOSITORY, ../widgets",
    "GITHUB_REPOSITORY_ID, -1",
    "GITHUB_RUN_ATTEMPT, 0",
    "GITHUB_SHA, main",
    "GITHUB_WORKFLOW_REF, optr.yml"
  })
  void refusesWhatIsMalformed(String name, String value) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ActionEnvironment.of(runner(name, value)))
        .satisfies(e -> assertThat(e.messages()).hasSize(1))
        .withMessageStartingWith(name + ": '" + value + "' is no");
  }

  @ParameterizedTest
  @CsvSource({
    "acme/widgets/.github/workflows/a.yml@refs/heads/x@y, .github/workflows/a.yml",
    "acme/widgets/.github/workflows/a@b.yml@refs/tags/v1, .github/workflows/a@b.yml",
    "acme/widgets/.github/workflows/a.yml@refs/heads/a@refs/b, .github/workflows/a.yml"
  })
  void findsTheWorkflowsPathWhateverItsRefIsCalled(String reference, String path) {
    assertThat(ActionEnvironment.of(runner("GITHUB_WORKFLOW_REF", reference)).workflowPath())
        .isEqualTo(path);
  }

  @Test
  void readsInputsWithDashesAndWithUnderscores() {
    assertThat(inputs("INPUT_OPENAI-API-KEY", " sk-1\n").credential(ActionInput.OPENAI_API_KEY))
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("sk-1"));
    assertThat(inputs("INPUT_OPENAI_API_KEY", "sk-2").credential(ActionInput.OPENAI_API_KEY))
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("sk-2"));
  }

  @Test
  void prefersWhatAUserWroteToTheDefaultOfTheOtherSpelling() {
    assertThat(
            inputs("INPUT_GITHUB-TOKEN", "the default", "INPUT_GITHUB_TOKEN", "the user's")
                .credential(ActionInput.GITHUB_TOKEN))
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("the user's"));
    assertThat(
            inputs("INPUT_GITHUB-TOKEN", "the default", "INPUT_GITHUB_TOKEN", " ")
                .credential(ActionInput.GITHUB_TOKEN))
        .hasValueSatisfying(secret -> assertThat(secret.reveal()).isEqualTo("the default"));
  }

  @Test
  void takesABlankInputForAnAbsentOne() {
    ActionInputs inputs = inputs("INPUT_INTENT", " \n", "INPUT_SIGNING-KEY", "", "INPUT_PHASE", "");

    assertThat(inputs.text(ActionInput.INTENT)).isEmpty();
    assertThat(inputs.credentials()).isEmpty();
    assertThat(inputs.failOn()).isEqualTo(FailOn.NONE_ADMISSIBLE);
    assertThat(inputs.dryRun()).isFalse();
  }

  @Test
  void readsTheTwoSwitches() {
    assertThat(inputs("INPUT_FAIL-ON", "never").failOn()).isEqualTo(FailOn.NEVER);
    assertThat(inputs("INPUT_DRY-RUN", "true").dryRun()).isTrue();
  }

  @Test
  void givesAllCredentialsForMasking() {
    assertThat(
            inputs(
                    "INPUT_GITHUB-TOKEN",
                    "a",
                    "INPUT_SIGNING_KEY",
                    "b",
                    "INPUT_MICROSOFT-TENANT-ID",
                    "c")
                .credentials())
        .hasSize(2);
  }

  @Test
  void printsNoCredential() {
    Map<String, String> variables = runner("INPUT_ANTHROPIC-API-KEY", "sk-ant-hidden");

    assertThat(ActionEnvironment.of(variables).toString()).doesNotContain("sk-ant-hidden");
  }

  @Test
  void keepsCredentialsAndTextsApart() {
    ActionInputs inputs = inputs();

    assertThatIllegalArgumentException().isThrownBy(() -> inputs.text(ActionInput.SIGNING_KEY));
    assertThatIllegalArgumentException().isThrownBy(() -> inputs.credential(ActionInput.INTENT));
  }

  @Test
  void refusesWhatItCannotHonourAllAtOnceAndTogetherWithMissingVariables() {
    Map<String, String> variables = runner();
    variables.remove("GITHUB_ACTOR");
    variables.put("INPUT_PHASE", "publish");
    variables.put("INPUT_BUNDLE-DIGEST", "sha256:0");
    variables.put("INPUT_SELECTOR_PATH", "x.jar");
    variables.put("INPUT_FAIL-ON", "sometimes");
    variables.put("INPUT_DRY-RUN", "yes");

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ActionEnvironment.of(variables))
        .satisfies(
            e ->
                assertThat(e.messages())
                    .containsExactly(
                        "GITHUB_ACTOR: not set; run this in a step of GitHub Actions, or use"
                            + " 'optr run' elsewhere",
                        "input 'selector-path': not supported by this version; remove it",
                        "input 'phase': 'publish' is not supported; write 'propose' or 'gather'"
                            + " or 'apply' or 'select' or 'verify'",
                        "input 'fail-on': 'sometimes' is not supported; write 'none-admissible'"
                            + " or 'unexecuted' or 'never'",
                        "input 'dry-run': 'yes' is not supported; write 'true' or 'false'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"selector-path", "constraints"})
  void refusesEveryInputOfACommandThatIsNotBuilt(String name) {
    String variable = "INPUT_" + name.toUpperCase(Locale.ROOT);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ActionEnvironment.of(runner(variable, "x")))
        .withMessage("input '%s': not supported by this version; remove it", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"agent", "images", "bundle", "bundle-digest"})
  void refusesWhatOnlyAPhaseReadsWhereThereIsNone(String name) {
    String variable = "INPUT_" + name.toUpperCase(Locale.ROOT);

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ActionEnvironment.of(runner(variable, "x")))
        .withMessage("input '%s': it is read with input 'phase' alone; remove it", name);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void readsThePhaseAndWhatGoesWithIt(Phase phase) {
    Map<String, String> variables = runner();
    variables.put("INPUT_PHASE", phase.label());
    variables.put("INPUT_AGENT", " codex,claude\n copilot ,");

    ActionInputs inputs = ActionEnvironment.of(variables).inputs();

    assertThat(inputs.phase()).contains(phase);
    assertThat(inputs.list(ActionInput.AGENT)).containsExactly("codex", "claude", "copilot");
    assertThat(inputs.list(ActionInput.IMAGES)).isEmpty();
  }
}
