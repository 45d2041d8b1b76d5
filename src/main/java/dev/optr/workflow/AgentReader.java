package dev.optr.workflow;

import static dev.optr.workflow.AgentType.ANTHROPIC_CLAUDE;
import static dev.optr.workflow.AgentType.COMMAND;
import static dev.optr.workflow.AgentType.GITHUB_COPILOT;
import static dev.optr.workflow.AgentType.MS_COPILOT_STRIDE;
import static dev.optr.workflow.AgentType.OPENAI_CODEX;
import static dev.optr.workflow.AgentType.RECORDED;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code agents:}. */
final class AgentReader {
  private static final int MOST_AGENTS = 64;
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  private static final Shape<AgentType> TYPE = Shapes.oneOf(types());
  private static final Shape<String> WORD =
      Shapes.matching(
          Pattern.compile("[A-Za-z0-9._:/@+-]{1,200}"),
          "letters, digits and ._:/@+- without spaces");
  private static final Shape<String> FILE =
      Shapes.matching(
          Pattern.compile("(?![/ ])[^\\\\\\p{Cntrl}]{1,500}"),
          "a path relative to the workflow file, with slashes");
  private static final Shape<String> ENDPOINT =
      Shapes.matchingUnseen(
          Pattern.compile(
              "(https://[^\\s/?#@\\p{Cntrl}]+"
                  + "|http://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?)"
                  + "(/[^\\s?#\\p{Cntrl}]*)?"),
          "https://host/path without user, query and fragment (http only on this machine)");
  private static final Shape<Map<String, String>> OIDC =
      Shapes.mapOf(Shapes.TEXT, "members as the vendor names them");

  /** Which types take a key; a key that is not named here fits every type. */
  private static final Map<String, Set<AgentType>> TAKERS =
      Map.of(
          "file", EnumSet.of(RECORDED),
          "run", EnumSet.of(COMMAND),
          "backend", EnumSet.of(GITHUB_COPILOT, MS_COPILOT_STRIDE),
          "organization", EnumSet.of(OPENAI_CODEX),
          "project", EnumSet.of(OPENAI_CODEX),
          "deleteBranch", EnumSet.of(GITHUB_COPILOT),
          "oidc", EnumSet.of(OPENAI_CODEX, ANTHROPIC_CLAUDE, MS_COPILOT_STRIDE),
          "endpoint", EnumSet.complementOf(EnumSet.of(RECORDED)),
          "turns", EnumSet.complementOf(EnumSet.of(RECORDED, COMMAND)),
          "credential", EnumSet.complementOf(EnumSet.of(RECORDED)));

  private final Names names = Names.ofAgents();

  List<AgentSpec> agents(Section file) {
    Shape<AgentSpec> agent = Section.shape("name and type", this::agent);
    List<AgentSpec> agents =
        file.need("agents", Shapes.listOf(agent, "agents", 1, MOST_AGENTS)).orElse(List.of());
    boolean nobodyProposes =
        agents.stream().noneMatch(spec -> spec.role() == AgentSpec.Role.PROPOSE);
    if (!agents.isEmpty() && agents.size() == file.count("agents") && nobodyProposes) {
      file.reportAt("agents", "has only judges, needed is an agent with 'role: propose'");
    }
    return agents;
  }

  private Optional<AgentSpec> agent(Section section) {
    Optional<String> name = section.need("name", names.fresh());
    Optional<AgentType> type = section.need("type", TYPE);
    // A place holder for what is missing: its lack is a finding, so that this spec is never used.
    AgentSpec spec = spec(section, name.orElse(""), type.orElse(null));
    return name.isPresent() && type.isPresent()
        ? Optional.of(spec.withDigest(AgentDigest.of(spec)))
        : Optional.empty();
  }

  private static AgentSpec spec(Section section, String name, @Nullable AgentType type) {
    return new AgentSpec(
        name,
        type == null ? RECORDED : type,
        section.find("model", WORD).orElse(null),
        find(section, type, "endpoint", ENDPOINT).orElse(null),
        find(section, type, "credential", Names.CREDENTIAL_NAME).orElse(null),
        find(section, type, "backend", backend(type)).orElse(null),
        section.get("role", Shapes.oneOf(AgentSpec.Role.class), AgentSpec.Role.PROPOSE),
        find(section, type, "organization", WORD).orElse(null),
        find(section, type, "project", WORD).orElse(null),
        find(section, type, "oidc", OIDC).orElse(Map.of()),
        find(section, type, "deleteBranch", Shapes.FLAG).orElse(false),
        section.get("timeout", Shapes.DURATION_TEXT, DEFAULT_TIMEOUT),
        find(section, type, "turns", Shapes.whole(1, 1000)).orElse(Defaults.TURNS),
        section.get("budget", SettingsReader.BUDGET, Workflow.Budget.NONE),
        section.get("context", SettingsReader.CONTEXT, List.of()),
        needed(section, type, RECORDED, "file", FILE).orElse(null),
        needed(section, type, COMMAND, "run", Shapes.listOf(Shapes.TEXT, "arguments", 1, 1000))
            .orElse(List.of()),
        "");
  }

  private static <T> Optional<T> needed(
      Section section, @Nullable AgentType type, AgentType taker, String key, Shape<T> shape) {
    return type == taker ? section.need(key, shape) : find(section, type, key, shape);
  }

  private static <T> Optional<T> find(
      Section section, @Nullable AgentType type, String key, Shape<T> shape) {
    Set<AgentType> takers = TAKERS.getOrDefault(key, EnumSet.allOf(AgentType.class));
    if (type == null || takers.contains(type)) {
      return section.find(key, shape);
    }
    String allowed =
        takers.stream().map(AgentType::id).collect(Collectors.joining("', '", "'", "'"));
    section.forbid(key, "with type " + allowed + " alone");
    return Optional.empty();
  }

  private static Shape<String> backend(@Nullable AgentType type) {
    if (type == MS_COPILOT_STRIDE) {
      return Shapes.word(List.of("direct-line", "graph", "work-iq", "foundry"));
    }
    Shape<String> known = Shapes.word(List.of("cloud-agent", "cli"));
    return place -> isGitHubModels(place) ? refuseGitHubModels(place) : known.read(place);
  }

  private static boolean isGitHubModels(Place place) {
    return place.node() instanceof YamlNode.Scalar scalar && scalar.text().equals("models");
  }

  private static Optional<String> refuseGitHubModels(Place place) {
    return Shapes.refuse(
        place,
        "'cloud-agent', 'cli' (GitHub Models ended on 2026-07-30; models are asked with type"
            + " 'openai-codex', 'anthropic-claude' or 'openai-compatible')");
  }

  private static Map<String, AgentType> types() {
    Map<String, AgentType> types = new LinkedHashMap<>();
    EnumSet.allOf(AgentType.class).forEach(type -> types.put(type.id(), type));
    return types;
  }
}
