package dev.optr.app;

import dev.optr.agents.Agent;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.Lane;
import dev.optr.agents.LanePrograms;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.ToolLoops;
import dev.optr.agents.UnavailableAgent;
import dev.optr.agents.UntoldCost;
import dev.optr.agents.anthropic.Claude;
import dev.optr.agents.command.CommandAgent;
import dev.optr.agents.compatible.Compatible;
import dev.optr.agents.copilot.CopilotCloudAgent;
import dev.optr.agents.copilot.FrozenBranches;
import dev.optr.agents.copilotcli.CopilotCliAgent;
import dev.optr.agents.openai.OpenAi;
import dev.optr.agents.recorded.RecordedAgent;
import dev.optr.base.Bytes;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.intent.ContextRules;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Who answers in each lane: one method of {@code new}s per type. */
final class LaneWiring {
  private final Host host;
  private final Workflow workflow;
  private final Credentials credentials;
  private final Variables variables;
  private final GitHubPlace place;
  private final LanePrograms programs;
  private final Function<String, Bytes> recordings;
  private final RunBudget run;
  private final ToolLoops loops;
  private final ToolLoops ownPrices;
  private final FrozenBranches branches = new FrozenBranches();

  /**
   * @param programs runs agents that are programs of this machine
   * @param recordings reads a recording by its path relative to the workflow file
   */
  LaneWiring(
      Host host,
      Workflow workflow,
      Credentials credentials,
      GitHubPlace place,
      LanePrograms programs,
      Function<String, Bytes> recordings) {
    this.host = host;
    this.workflow = workflow;
    this.credentials = credentials;
    this.variables = new Variables(host.environment());
    this.place = place;
    this.programs = programs;
    this.recordings = recordings;
    this.run = new RunBudget(workflow.budget());
    this.loops = loops(Prices.shipped());
    // Any server may call its model as a vendor does: that vendor's prices are not its own.
    this.ownPrices = loops(Prices.none());
  }

  private ToolLoops loops(Prices prices) {
    return new ToolLoops(Models.shipped(), prices.with(workflow.prices()), run, retries());
  }

  /** The lane, also where it cannot be asked: its agent says why. */
  Lane lane(AgentSpec spec) {
    return switch (spec.type()) {
      case OPENAI_CODEX -> lane(spec, openAi(spec));
      case ANTHROPIC_CLAUDE -> lane(spec, claude(spec));
      case GITHUB_COPILOT -> lane(spec, copilot(spec));
      case MS_COPILOT_STRIDE ->
          lane(spec, new MicrosoftLanes(credentials, loops, http(), variables).agent(spec));
      case OPENAI_COMPATIBLE ->
          lane(
              spec,
              spec.credential() == null
                  ? compatible(spec, Optional.empty())
                  : credentials.agent(spec, key -> compatible(spec, Optional.of(key))));
      case COMMAND ->
          lane(spec, untold(spec, new CommandAgent(spec, credentials.of(spec), programs)));
      case RECORDED -> recorded(spec);
    };
  }

  private Lane lane(AgentSpec spec, Agent agent) {
    Predicate<String> visible = ContextRules.of(workflow).visibleTo(spec);
    return new Lane(spec, spec.exclude().isEmpty() ? agent : new ScopedAgent(agent, visible));
  }

  private Lane recorded(AgentSpec spec) {
    String file = Objects.requireNonNull(spec.file(), "the workflow file's reader asks for it");
    Bytes recording = recordings.apply(file);
    Agent agent = RecordedAgent.of(spec, file, recording, Thread::sleep, host.clock());
    return lane(spec.withRecording(recording), agent);
  }

  private Agent openAi(AgentSpec spec) {
    Optional<String> base = variables.baseUrl(spec, "OPENAI_BASE_URL", "https://api.openai.com/v1");
    return spec.oidc().isEmpty()
        ? withKey(spec, key -> new OpenAi(spec, base, key, http()))
        : withIdentity(spec, identity -> OpenAi.federated(spec, base, identity, http()));
  }

  private Agent compatible(AgentSpec spec, Optional<Secret> key) {
    Provider provider = new Compatible(spec, key, http());
    return ownPrices.over(spec, provider, new Redactor(key.stream().toList()));
  }

  private Agent claude(AgentSpec spec) {
    Optional<String> base =
        variables.baseUrl(spec, "ANTHROPIC_BASE_URL", "https://api.anthropic.com");
    return spec.oidc().isEmpty()
        ? withKey(spec, key -> Claude.withKey(spec, base, key, http()))
        : withIdentity(spec, identity -> Claude.federated(spec, base, identity, http()));
  }

  private Agent withKey(AgentSpec spec, Function<Secret, Provider> provider) {
    return credentials.agent(
        spec, key -> loops.over(spec, provider.apply(key), new Redactor(List.of(key))));
  }

  private Agent withIdentity(AgentSpec spec, Function<GitHubIdentity, Provider> provider) {
    List<Secret> secrets = credentials.identityToken().stream().toList();
    return credentials
        .identity(http())
        .map(identity -> loops.over(spec, provider.apply(identity), new Redactor(secrets)))
        .orElseGet(() -> UnavailableAgent.because(GitHubIdentity.MISSING));
  }

  private Agent copilot(AgentSpec spec) {
    return untold(
        spec,
        "cli".equals(spec.backend())
            ? credentials.agent(spec, token -> new CopilotCliAgent(spec, token, programs))
            : cloudAgent(spec));
  }

  private Agent cloudAgent(AgentSpec spec) {
    Optional<Secret> token = credentials.of(spec);
    if (token.isEmpty()) {
      return UnavailableAgent.withoutCredential(
          credentials.missing(spec) + " to " + CopilotCloudAgent.wantedToken());
    }
    if (place.repository().isEmpty()) {
      return UnavailableAgent.because(place.lacking());
    }
    return new CopilotCloudAgent(
        spec,
        place.apiUrl(),
        place.repository().get(),
        token.get(),
        credentials.missing(spec),
        host.network(),
        Version.text(),
        retries(),
        host.clock(),
        branches);
  }

  private Agent untold(AgentSpec spec, Agent agent) {
    return UntoldCost.counted(spec, "type '" + spec.type().id() + "'", run, agent);
  }

  private ProviderHttp http() {
    return new ProviderHttp(host.network(), Version.text());
  }

  private Retries retries() {
    return new Retries(
        RandomGenerator.getDefault(), Thread::sleep, host.clock(), host.checkpoint());
  }
}
