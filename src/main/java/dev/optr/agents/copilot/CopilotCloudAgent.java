package dev.optr.agents.copilot;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Prompt;
import dev.optr.agents.Proposal;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderEndpoint;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lanes of type {@code github-copilot} with backend {@code cloud-agent}. Starts one task, waits for
 * it and proposes what it left on its branch, which is never merged. Holds a person's token and
 * shows it to nobody but GitHub's API and the repository's own git server.
 */
public final class CopilotCloudAgent implements Agent {
  private static final String VENDOR = "https://api.github.com";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** An interrupted lane has a second in all. */
  private static final Duration LAST_WORDS = Duration.ofMillis(600);

  private final AgentSpec spec;
  private final GitHubRepository repository;
  private final Secret token;
  private final Network network;
  private final Optional<String> problem;
  private final Retries retries;
  private final InstantSource clock;
  private final FrozenBranches branches;
  private final TaskRepository github;
  private final TaskRepository lastWords;

  /**
   * @param apiUrl base of GitHub's REST API, which counts where the lane has no endpoint
   * @param repository where tasks are started; the frozen commit must be there
   * @param place what holds the token, for messages: {@code input 'copilot-token'}
   * @param version of this program
   * @param branches shared by all lanes of the run
   * @throws dev.optr.base.UserException where endpoint or token cannot be used
   */
  public CopilotCloudAgent(
      AgentSpec spec,
      Optional<String> apiUrl,
      GitHubRepository repository,
      Secret token,
      String place,
      Network network,
      String version,
      Retries retries,
      InstantSource clock,
      FrozenBranches branches) {
    ProviderHttp http = new ProviderHttp(network, version);
    String base = ProviderEndpoint.base(spec, apiUrl, VENDOR);
    Map<String, Object> headers =
        Map.of("Authorization", ProviderEndpoint.header(spec, "Bearer ", token));
    this.spec = spec;
    this.repository = repository;
    this.token = token;
    this.network = network;
    this.problem = UserToken.problem(token, place);
    this.retries = retries;
    this.clock = clock;
    this.branches = branches;
    this.github =
        new TaskRepository(http.api(AgentTasksApi.class, base, PATIENCE), headers, repository);
    this.lastWords =
        new TaskRepository(http.api(AgentTasksApi.class, base, LAST_WORDS), headers, repository);
  }

  /** What a token must be, for a lane that has none. */
  public static String wantedToken() {
    return UserToken.WANTED;
  }

  @Override
  public Optional<String> unavailable() {
    return problem;
  }

  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    if (problem.isPresent()) {
      return new Answer.Failed(FailureCode.UNAVAILABLE, problem.get(), log.exchange());
    }
    GitHubCalls calls =
        new GitHubCalls(
            retries,
            clock,
            new Redactor(List.of(token)),
            log,
            log.startedAt().plus(spec.timeout()));
    Prompt prompt = Prompt.of(question, 0, Provider.Protocol.WORKING_COPY);
    log.line(prompt.line());
    TaskLane lane =
        new TaskLane(
            question,
            spec,
            repository,
            token,
            network,
            github,
            lastWords,
            calls,
            log,
            clock,
            branches);
    return switch (lane.run(prompt)) {
      case Result.Got<Proposal>(Proposal proposal) -> new Answer.Proposed(proposal, log.exchange());
      case Result.Ended<Proposal>(FailureCode code, String message) ->
          new Answer.Failed(code, message, log.exchange());
    };
  }
}
