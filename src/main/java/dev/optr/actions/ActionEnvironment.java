package dev.optr.actions;

import dev.optr.base.UserException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the Actions runner tells a step (GitHub's reference of default variables). It is made from a
 * map and reads nothing else, so that a test or a command line can stand in for the runner.
 *
 * @param eventName the trigger, for example {@code pull_request}
 * @param eventPath the file with the event's payload
 * @param workspace the checked-out repository, which need not be there
 * @param apiUrl base of the REST API
 * @param graphqlUrl address of the GraphQL API
 * @param serverUrl base of web pages and of git over HTTPS
 * @param repository {@code owner/name}
 * @param repositoryId stays the same when the repository is renamed
 * @param sha the commit of the event, which in a pull request is GitHub's test merge
 * @param ref the ref of the event, fully written
 * @param runId id of the workflow run
 * @param runAttempt 1 for the first attempt
 * @param actor login of the one who caused the run
 * @param workflowPath path of the calling GitHub workflow in its repository
 * @param runnerTemp a directory that the runner empties for every job
 * @param outputFile where outputs are appended, null where none are taken
 * @param summaryFile where the step's summary is appended, null where none is taken
 * @param inputs the step's inputs
 */
public record ActionEnvironment(
    String eventName,
    Path eventPath,
    Path workspace,
    URI apiUrl,
    URI graphqlUrl,
    URI serverUrl,
    String repository,
    long repositoryId,
    String sha,
    String ref,
    long runId,
    long runAttempt,
    String actor,
    String workflowPath,
    Path runnerTemp,
    @Nullable Path outputFile,
    @Nullable Path summaryFile,
    ActionInputs inputs) {

  /**
   * Reads an environment.
   *
   * @throws UserException with one message for every variable that is missing or malformed and for
   *     every input that cannot be honoured
   */
  public static ActionEnvironment of(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    String eventName = variables.text("GITHUB_EVENT_NAME");
    Path eventPath = variables.path("GITHUB_EVENT_PATH");
    Path workspace = variables.path("GITHUB_WORKSPACE");
    URI apiUrl = variables.url("GITHUB_API_URL");
    URI graphqlUrl = variables.url("GITHUB_GRAPHQL_URL");
    URI serverUrl = variables.url("GITHUB_SERVER_URL");
    String repository = variables.repository("GITHUB_REPOSITORY");
    long repositoryId = variables.number("GITHUB_REPOSITORY_ID");
    String sha = variables.commit("GITHUB_SHA");
    String ref = variables.text("GITHUB_REF");
    long runId = variables.number("GITHUB_RUN_ID");
    long runAttempt = variables.number("GITHUB_RUN_ATTEMPT");
    String actor = variables.text("GITHUB_ACTOR");
    String workflowPath = variables.workflowPath("GITHUB_WORKFLOW_REF");
    Path runnerTemp = variables.path("RUNNER_TEMP");
    List<String> problems = variables.problems();
    problems.addAll(ActionInputs.problems(environment));
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
    return new ActionEnvironment(
        eventName,
        eventPath,
        workspace,
        apiUrl,
        graphqlUrl,
        serverUrl,
        repository,
        repositoryId,
        sha,
        ref,
        runId,
        runAttempt,
        actor,
        workflowPath,
        runnerTemp,
        variables.optionalPath("GITHUB_OUTPUT"),
        variables.optionalPath("GITHUB_STEP_SUMMARY"),
        ActionInputs.of(environment));
  }

  /** An enterprise's own server, which has its REST API below this path (docs.github.com). */
  public boolean isEnterpriseServer() {
    return apiUrl.getPath().endsWith("/api/v3");
  }

  /** The web page of this attempt of the run. */
  public URI runUrl() {
    return URI.create(
        "%s/%s/actions/runs/%d/attempts/%d".formatted(serverUrl, repository, runId, runAttempt));
  }
}
