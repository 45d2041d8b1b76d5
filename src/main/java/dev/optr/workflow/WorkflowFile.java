package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the workflow file (docs/workflow-file.md; for editors there is {@code
 * schema/workflow.schema.json}).
 */
public final class WorkflowFile {
  private final Bytes source;
  private final Findings findings;

  private WorkflowFile(Bytes source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /**
   * The file as values, defaults filled in.
   *
   * @param fileName as messages name it
   * @param source UTF-8, at most 128 KiB
   * @throws UserException with one message per finding, {@code file:line:column: what was found,
   *     what is allowed}, sorted by place
   */
  public static Workflow parse(String fileName, Bytes source) {
    Findings findings = new Findings(fileName);
    Optional<Workflow> workflow = new WorkflowFile(source, findings).read();
    findings.throwIfAny();
    return workflow.orElseThrow();
  }

  private Optional<Workflow> read() {
    YamlNode root = new YamlReader(findings).read(source);
    return switch (root) {
      case YamlNode.Mapping mapping -> Optional.of(read(mapping));
      case YamlNode other -> {
        findings.add(
            other.mark(),
            "the file is " + other.described() + ", allowed: a mapping with at least 'agents'");
        yield Optional.empty();
      }
      case null -> {
        if (findings.isEmpty()) {
          findings.add(Mark.START, "the file is empty, allowed: a mapping with at least 'agents'");
        }
        yield Optional.empty();
      }
    };
  }

  private Workflow read(YamlNode.Mapping mapping) {
    try (Section file = Section.top(mapping, findings)) {
      Workflow workflow = workflow(file);
      checkQuorum(file, workflow);
      checkTranscripts(file, workflow);
      checkEnvironment(mapping, workflow);
      new RuleChecks(mapping, new String(source.toArray(), UTF_8), findings).check();
      return workflow;
    }
  }

  private Workflow workflow(Section file) {
    ConditionReader conditions = new ConditionReader();
    boolean auditable = file.get("auditable", Shapes.FLAG, true);
    return new Workflow(
        file.get("workflow", Names.WORKFLOW_NAME, Defaults.WORKFLOW),
        file.find("intent", Shapes.TEXT).orElse(null),
        file.choice("execution", Workflow.Execution.PARALLEL),
        file.get("serial", SettingsReader.SERIAL, Defaults.SERIAL),
        file.get("quorum", Shapes.whole(1, 64), Defaults.QUORUM),
        file.get("trigger", SettingsReader.TRIGGER, Defaults.TRIGGER),
        conditions.constraints(file),
        conditions.invariants(file),
        file.items("protected", GlobShape.LIFTABLE, "path patterns"),
        file.get("context", SettingsReader.CONTEXT, List.of()),
        file.items("scope", GlobShape.GLOB, "path patterns"),
        file.find("isolation", Shapes.oneOf(Workflow.Isolation.class)).orElse(null),
        new AgentReader().agents(file),
        file.get("budget", SettingsReader.RUN_BUDGET, Workflow.Budget.NONE),
        file.get("prices", SettingsReader.PRICES, Map.of()),
        file.choice("review", Workflow.Review.PEER),
        file.get("optr", SettingsReader.OPTR, Defaults.optr(Defaults.SELECTOR)),
        file.get("ledger", SettingsReader.LEDGER, Defaults.ledger(true)),
        file.get("nonInterference", SettingsReader.BRANCHES, List.of()),
        file.choice("report", Workflow.Report.NONE),
        file.get("anchorTag", Shapes.FLAG, false),
        file.items("compliance", Shapes.word(List.of("in-toto")), "kinds of attestation"),
        file.choice("gate", Workflow.Gate.ADMISSIBLE),
        file.choice("execute", Workflow.Execute.ON_COMMAND),
        file.choice("anchor", Workflow.Anchor.PULL_REQUEST),
        file.choice("drafts", Workflow.Drafts.SKIP),
        file.choice(
            "transcripts", auditable ? Workflow.Transcripts.COMMIT : Workflow.Transcripts.DIGEST),
        auditable,
        source,
        source.sha256());
  }

  private static void checkQuorum(Section file, Workflow workflow) {
    long proposers =
        workflow.agents().stream().filter(spec -> spec.role() == AgentSpec.Role.PROPOSE).count();
    boolean allReadable = workflow.agents().size() == file.count("agents");
    if (allReadable && proposers > 0 && workflow.quorum() > proposers) {
      file.reportAt(
          "quorum",
          "is " + workflow.quorum() + ", allowed: 1 to " + proposers + ", the agents that propose");
    }
  }

  private static void checkTranscripts(Section file, Workflow workflow) {
    if (!workflow.auditable() && workflow.transcripts() == Workflow.Transcripts.COMMIT) {
      file.reportAt("transcripts", "is 'commit', allowed with 'auditable: false': 'digest'");
    }
  }

  // An agent's own credential may have any name, and candidate code must not see it either.
  private void checkEnvironment(YamlNode root, Workflow workflow) {
    List<String> credentials =
        workflow.agents().stream()
            .flatMap(spec -> Optional.ofNullable(spec.credential()).stream())
            .toList();
    if (workflow.invariants().size() != YamlPath.count(root, "invariants")) {
      return;
    }
    for (int i = 0; i < workflow.invariants().size(); i++) {
      List<String> env = workflow.invariants().get(i).env();
      for (int j = 0; j < env.size(); j++) {
        String path = "invariants[" + i + "].env[" + j + "]";
        if (credentials.contains(env.get(j))) {
          findings.add(
              YamlPath.mark(root, path),
              "'" + path + "' is an agent's credential, which candidate code never gets");
        }
      }
    }
  }
}
