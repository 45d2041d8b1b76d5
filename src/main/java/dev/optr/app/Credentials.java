package dev.optr.app;

import dev.optr.actions.ActionInput;
import dev.optr.actions.ActionInputs;
import dev.optr.agents.Agent;
import dev.optr.agents.GitHubIdentity;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.UnavailableAgent;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which credential each lane has, and what to set where it has none: in Actions the inputs,
 * elsewhere the vendors' own variables; a lane's {@code credential} names another variable in both.
 */
final class Credentials {
  private static final Source OPENAI = new Source(ActionInput.OPENAI_API_KEY, "OPENAI_API_KEY");
  private static final Source ANTHROPIC =
      new Source(ActionInput.ANTHROPIC_API_KEY, "ANTHROPIC_API_KEY");
  private static final Source COPILOT =
      new Source(ActionInput.COPILOT_TOKEN, "COPILOT_GITHUB_TOKEN");
  private static final Source DIRECT_LINE =
      new Source(ActionInput.DIRECT_LINE_SECRET, "DIRECT_LINE_SECRET");
  private static final Source USER_TOKEN =
      new Source(ActionInput.MICROSOFT_TOKEN, "MICROSOFT_TOKEN");
  private static final Source CLIENT_SECRET =
      new Source(ActionInput.MICROSOFT_CLIENT_SECRET, "MICROSOFT_CLIENT_SECRET");
  private static final Source TENANT =
      new Source(ActionInput.MICROSOFT_TENANT_ID, "MICROSOFT_TENANT_ID");
  private static final Source CLIENT =
      new Source(ActionInput.MICROSOFT_CLIENT_ID, "MICROSOFT_CLIENT_ID");

  /** Of every credential, whether a lane uses it or not. */
  private static final List<Source> SOURCES =
      List.of(OPENAI, ANTHROPIC, COPILOT, DIRECT_LINE, USER_TOKEN, CLIENT_SECRET);

  private final Map<String, String> environment;
  private final Variables variables;
  private final Optional<ActionInputs> inputs;

  private Credentials(Map<String, String> environment, Optional<ActionInputs> inputs) {
    this.environment = Map.copyOf(environment);
    this.variables = new Variables(environment);
    this.inputs = inputs;
  }

  static Credentials ofVariables(Map<String, String> environment) {
    return new Credentials(environment, Optional.empty());
  }

  static Credentials ofInputs(ActionInputs inputs, Map<String, String> environment) {
    return new Credentials(environment, Optional.of(inputs));
  }

  Optional<Secret> of(AgentSpec lane) {
    if (lane.credential() != null) {
      return variable(lane.credential());
    }
    return source(lane).flatMap(this::read);
  }

  /** The lane's agent, made with its credential; without one an agent that says what to set. */
  Agent agent(AgentSpec lane, Function<Secret, Agent> made) {
    return of(lane).map(made).orElseGet(() -> UnavailableAgent.withoutCredential(missing(lane)));
  }

  /** A token that somebody else got from Microsoft; empty where none was given. */
  Optional<Secret> microsoftToken() {
    return read(USER_TOKEN);
  }

  /** The directory that applications sign in to; empty where none was given. */
  Optional<String> microsoftTenant() {
    return text(TENANT);
  }

  /** The application's id; empty where none was given. */
  Optional<String> microsoftClient() {
    return text(CLIENT);
  }

  /** What to set so that the lane has a credential. */
  String missing(AgentSpec lane) {
    if (lane.credential() != null) {
      return "variable '" + lane.credential() + "'";
    }
    return source(lane)
        .map(this::describe)
        .orElse("variable that 'credential' of agent '" + lane.name() + "' shall name");
  }

  /** What to set so that a lane of the backend {@code foundry} can sign in, all that is absent. */
  String missingSignIn(AgentSpec lane) {
    List<String> missing = new ArrayList<>();
    if (microsoftTenant().isEmpty() && !lane.oidc().containsKey("tenant_id")) {
      missing.add(describe(TENANT));
    }
    if (microsoftClient().isEmpty() && !lane.oidc().containsKey("client_id")) {
      missing.add(describe(CLIENT));
    }
    if (of(lane).isEmpty() && lane.oidc().isEmpty()) {
      missing.add(missing(lane));
    }
    return String.join(", the ", missing);
  }

  Optional<Secret> signingKey() {
    return read(new Source(ActionInput.SIGNING_KEY, "OPTR_SIGNING_KEY"));
  }

  /** The identity of the job that this runs in; empty where it has none to exchange. */
  Optional<GitHubIdentity> identity(ProviderHttp http) {
    return variables
        .text("ACTIONS_ID_TOKEN_REQUEST_URL")
        .flatMap(url -> identityToken().map(token -> new GitHubIdentity(url, token, http)));
  }

  /** What fetches that identity. */
  Optional<Secret> identityToken() {
    return variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
  }

  /** Every credential that this run can hold, for masking and redaction. */
  List<Secret> all(Workflow workflow) {
    List<Secret> all = new ArrayList<>();
    workflow.agents().forEach(lane -> of(lane).ifPresent(all::add));
    signingKey().ifPresent(all::add);
    identityToken().ifPresent(all::add);
    inputs.ifPresent(given -> all.addAll(given.credentials()));
    all.addAll(Network.secrets(environment));
    SOURCES.forEach(source -> read(source).ifPresent(all::add));
    return all;
  }

  private static Optional<Source> source(AgentSpec lane) {
    return switch (lane.type()) {
      case OPENAI_CODEX -> Optional.of(OPENAI);
      case ANTHROPIC_CLAUDE -> Optional.of(ANTHROPIC);
      case GITHUB_COPILOT -> Optional.of(COPILOT);
      case MS_COPILOT_STRIDE -> Optional.of(microsoft(lane));
      case OPENAI_COMPATIBLE, COMMAND, RECORDED -> Optional.empty();
    };
  }

  private static Source microsoft(AgentSpec lane) {
    return switch (MicrosoftBackend.of(lane)) {
      case DIRECT_LINE -> DIRECT_LINE;
      case GRAPH, WORK_IQ -> USER_TOKEN;
      case FOUNDRY -> CLIENT_SECRET;
    };
  }

  private String describe(Source source) {
    return inputs.isPresent() ? "input '" + source.input().label() + "'" : source.describe();
  }

  private Optional<Secret> read(Source source) {
    return inputs.isPresent()
        ? inputs.get().credential(source.input())
        : variable(source.variable());
  }

  private Optional<String> text(Source source) {
    return inputs.isPresent()
        ? inputs.get().text(source.input())
        : variables.text(source.variable()).map(String::strip);
  }

  private Optional<Secret> variable(String name) {
    return variables.text(name).map(Secret::of);
  }

  private record Source(ActionInput input, String variable) {
    String describe() {
      return "variable '" + variable + "' (in Actions the input '" + input.label() + "')";
    }
  }
}
