package dev.optr.workflow;

import dev.optr.workflow.CallerPermissions.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a job's token must be allowed for our steps in it. */
final class CallerNeeds {
  private final CallerPolicy policy;

  CallerNeeds(CallerPolicy policy) {
    this.policy = policy;
  }

  /**
   * @param scope as {@code permissions} names it
   * @param reason what needs it
   */
  record Need(String scope, Level level, String reason) {
    /** As it is to be written. */
    String written() {
      return "'" + scope + ": " + (level == Level.WRITE ? "write" : "read") + "'";
    }
  }

  List<Need> of(CallerJob job) {
    List<Need> needs = new ArrayList<>();
    if (job.has(CallerRole.CALL)) {
      needs.addAll(deciding(Optional.empty()));
      needs.add(conclusions());
    }
    for (CallerStep step : job.steps()) {
      needs.addAll(of(step));
    }
    return needs.stream().distinct().toList();
  }

  private List<Need> of(CallerStep step) {
    Optional<Workflow> workflow = policy.of(step.input("workflow"));
    List<Need> needs = new ArrayList<>();
    if (step.role() == CallerRole.WHOLE || step.role() == CallerRole.PROPOSE) {
      workflow.filter(CallerNeeds::isKeyless).ifPresent(it -> needs.add(identity()));
    }
    if (bringsItsToken(step)) {
      return needs;
    }
    switch (step.role()) {
      case WHOLE -> needs.addAll(plans(step) ? reading() : deciding(workflow));
      case SELECT -> {
        needs.addAll(deciding(workflow));
        needs.add(conclusions());
      }
      case PROPOSE, GATHER -> needs.addAll(reading());
      case VERIFY -> needs.add(new Need("contents", Level.READ, "reading the ledger"));
      case NONE, APPLY, CALL, UNKNOWN -> {}
    }
    return needs;
  }

  private static List<Need> deciding(Optional<Workflow> workflow) {
    List<Need> needs = new ArrayList<>();
    boolean commits =
        workflow
            .map(it -> it.anchor() != Workflow.Anchor.NONE && it.ledger().enabled())
            .orElse(true);
    needs.add(
        commits
            ? new Need(
                "contents", Level.WRITE, "the commit that carries documents and ledger entry")
            : new Need("contents", Level.READ, "fetching the pull request"));
    needs.add(new Need("pull-requests", Level.WRITE, "the comment"));
    needs.add(new Need("statuses", Level.WRITE, "the gate"));
    if (workflow.filter(it -> it.report() == Workflow.Report.CHECK).isPresent()) {
      needs.add(new Need("checks", Level.WRITE, "'report: check'"));
    }
    return needs;
  }

  private static List<Need> reading() {
    return List.of(
        new Need("contents", Level.READ, "fetching the pull request"),
        new Need("pull-requests", Level.READ, "this pull request and the other open ones"));
  }

  private static Need conclusions() {
    return new Need("actions", Level.READ, "how the jobs that verify ended");
  }

  private static Need identity() {
    return new Need("id-token", Level.WRITE, "an agent with 'oidc'");
  }

  private static boolean isKeyless(Workflow workflow) {
    return workflow.agents().stream().anyMatch(agent -> !agent.oidc().isEmpty());
  }

  private static boolean plans(CallerStep step) {
    return step.input("dry-run").equals("true");
  }

  /** An App's token has its own permissions; the job's say nothing of it. */
  private static boolean bringsItsToken(CallerStep step) {
    return CallerYaml.namesOtherToken(step.input("github-token"));
  }
}
