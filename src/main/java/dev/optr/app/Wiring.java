package dev.optr.app;

import dev.optr.agents.Agent;
import dev.optr.agents.AnswerStore;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneListener;
import dev.optr.agents.Lanes;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.Provider;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.ToolLoops;
import dev.optr.agents.UnavailableAgent;
import dev.optr.agents.anthropic.Claude;
import dev.optr.agents.compatible.Compatible;
import dev.optr.agents.copilot.CopilotCloudAgent;
import dev.optr.agents.copilot.FrozenBranches;
import dev.optr.agents.openai.OpenAi;
import dev.optr.agents.recorded.RecordedAgent;
import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.base.UserException;
import dev.optr.datalake.DataLake;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.CommandPolicy;
import dev.optr.evidence.CommandRunner;
import dev.optr.evidence.Examiner;
import dev.optr.execution.Execution;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeStore;
import dev.optr.intent.ContextRules;
import dev.optr.record.Recorder;
import dev.optr.selection.SelectOptr;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** One method of {@code new}s per part: who is made of what. */
final class Wiring {
  private final Host host;
  private final Workflow workflow;
  private final Credentials credentials;
  private final Redactor redactor;
  private final Function<String, Bytes> recordings;
  private final ToolLoops loops;
  private final ToolLoops ownPrices;
  private final GitHubPlace place;
  private final FrozenBranches branches = new FrozenBranches();

  /**
   * @param recordings reads a recording by its path relative to the workflow file
   */
  Wiring(
      Host host,
      Workflow workflow,
      Credentials credentials,
      GitHubPlace place,
      Function<String, Bytes> recordings) {
    this.place = place;
    this.host = host;
    this.workflow = workflow;
    this.credentials = credentials;
    this.redactor = new Redactor(credentials.all(workflow));
    this.recordings = recordings;
    RunBudget run = new RunBudget(workflow.budget());
    this.loops = loops(Prices.shipped(), run);
    // Any server may call its model as a vendor does: that vendor's prices are not its own.
    this.ownPrices = loops(Prices.none(), run);
  }

  private ToolLoops loops(Prices prices, RunBudget run) {
    return new ToolLoops(Models.shipped(), prices.with(workflow.prices()), run, retries());
  }

  Redactor redactor() {
    return redactor;
  }

  Examiner examiner(
      List<String> workflowFiles,
      FrozenTree frozen,
      CommandPolicy policy,
      TreeStore trees,
      Path temporary) {
    CommandRunner runner =
        new CommandRunner(
            trees,
            host.environment(),
            temporary,
            redactor,
            System::nanoTime,
            Runtime.getRuntime().availableProcessors());
    return new Examiner(
        workflow, workflowFiles, frozen, policy, runner, redactor, System::nanoTime);
  }

  Lanes lanes(List<Lane> lanes, Path state, LaneListener listener) {
    AnswerStore store = answers(state);
    return new Lanes(
        lanes, workflow.execution(), workflow.serial(), store, listener, host.clock(), redactor);
  }

  AnswerStore answers(Path state) {
    return new AnswerStore(state, new Disk(host.checkpoint()), redactor);
  }

  Orchestrator orchestrator(
      DataLakePaths paths,
      Lanes lanes,
      FrozenTree frozen,
      TreeStore trees,
      Examiner examiner,
      Optional<RunLedger> ledger,
      Execution execution) {
    return new Orchestrator(
        workflow,
        paths,
        lanes,
        new DataLake(trees, frozen, redactor),
        examiner,
        new SelectOptr(),
        new Recorder(redactor),
        ledger,
        execution);
  }

  /** Every lane of the workflow file, or those that are named. */
  List<Lane> lanes(List<String> only) {
    List<String> known = workflow.agents().stream().map(AgentSpec::name).toList();
    List<String> unknown = only.stream().filter(name -> !known.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new UserException("--agents: no agent is called " + unknown + "; there are " + known);
    }
    return workflow.agents().stream()
        .filter(spec -> only.isEmpty() || only.contains(spec.name()))
        .map(this::lane)
        .toList();
  }

  private Lane lane(AgentSpec spec) {
    return switch (spec.type()) {
      case OPENAI_CODEX -> lane(spec, openAi(spec));
      case ANTHROPIC_CLAUDE -> lane(spec, claude(spec));
      case GITHUB_COPILOT -> lane(spec, copilot(spec));
      case MS_COPILOT_STRIDE ->
          lane(
              spec, new MicrosoftLanes(credentials, loops, http(), host.environment()).agent(spec));
      case OPENAI_COMPATIBLE ->
          lane(
              spec,
              spec.credential() == null
                  ? compatible(spec, Optional.empty())
                  : withCredential(spec, key -> compatible(spec, Optional.of(key))));
      case COMMAND -> lane(spec, notBuilt(spec));
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
    Optional<String> base = variable("OPENAI_BASE_URL");
    return spec.oidc().isEmpty()
        ? withKey(spec, key -> new OpenAi(spec, base, key, http()))
        : withIdentity(spec, identity -> OpenAi.federated(spec, base, identity, http()));
  }

  private Agent compatible(AgentSpec spec, Optional<Secret> key) {
    Provider provider = new Compatible(spec, key, http());
    return ownPrices.over(spec, provider, new Redactor(key.stream().toList()));
  }

  private Agent claude(AgentSpec spec) {
    Optional<String> base = variable("ANTHROPIC_BASE_URL");
    return spec.oidc().isEmpty()
        ? withKey(spec, key -> Claude.withKey(spec, base, key, http()))
        : withIdentity(spec, identity -> Claude.federated(spec, base, identity, http()));
  }

  private Agent withKey(AgentSpec spec, Function<Secret, Provider> provider) {
    return withCredential(
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
    if ("cli".equals(spec.backend())) {
      return withCredential(spec, _ -> notBuilt(spec));
    }
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

  private Agent withCredential(AgentSpec spec, Function<Secret, Agent> agent) {
    return credentials
        .of(spec)
        .map(agent)
        .orElseGet(() -> UnavailableAgent.withoutCredential(credentials.missing(spec)));
  }

  private Agent notBuilt(AgentSpec spec) {
    return UnavailableAgent.notBuilt(spec);
  }

  private ProviderHttp http() {
    return new ProviderHttp(host.network(), Version.text());
  }

  private Retries retries() {
    return new Retries(
        RandomGenerator.getDefault(), Thread::sleep, host.clock(), host.checkpoint());
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(host.environment().get(name)).filter(value -> !value.isBlank());
  }
}
