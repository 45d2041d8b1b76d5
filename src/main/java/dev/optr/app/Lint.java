package dev.optr.app;

import dev.optr.agents.Judging;
import dev.optr.agents.Lane;
import dev.optr.workflow.CallerFinding;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a workflow file, its callers and the credentials at hand without asking
 * anybody.
 *
 * @param workflow the file, as messages name it
 * @param findings what must be mended
 * @param warnings what works and is perhaps not meant
 * @param callers the same of the GitHub workflows that call the Action, docs/lint.md
 */
record Lint(
    String workflow,
    List<String> findings,
    List<String> warnings,
    List<LaneState> lanes,
    List<CallerFinding> callers) {
  Lint {
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
    lanes = List.copyOf(lanes);
    callers = List.copyOf(callers);
  }

  /**
   * @param reason why it cannot run; null where it can
   * @param cannotJudge why it cannot judge the paths of others; null where it can
   */
  record LaneState(
      String agent, String type, @Nullable String reason, @Nullable String cannotJudge) {
    static LaneState of(Lane lane) {
      return new LaneState(
          lane.spec().name(),
          lane.spec().type().id(),
          lane.agent().unavailable().orElse(null),
          lane.agent().judging() instanceof Judging.Unable(String reason) ? reason : null);
    }

    boolean canRun() {
      return reason == null;
    }
  }

  /**
   * @param root of the repository
   * @throws dev.optr.base.UserException with everything that is wrong with the file
   */
  static Lint of(Host host, Path root, LocalWorkflow file) {
    Workflow workflow = file.read();
    Credentials credentials = Credentials.ofVariables(host.environment());
    Wiring wiring =
        new Wiring(
            host,
            workflow,
            credentials,
            GitHubPlace.at(root, host),
            CandidateIsolation::programs,
            file::recording);
    wiring.isolate(Workflow.Isolation.BEST_EFFORT, host.temporary());
    List<Lane> wired = wiring.lanes(List.of());
    List<LaneState> lanes = wired.stream().map(LaneState::of).toList();
    List<String> findings = new ArrayList<>(quorum(file, workflow, lanes));
    JudgesAtHand.of(workflow, wiring, wired)
        .missing()
        .ifPresent(what -> findings.add(file.name() + ": " + what));
    return new Lint(
        file.name(),
        findings,
        warnings(file, workflow, wiring),
        lanes,
        new CallerFiles(root).check(workflow, file.name()));
  }

  /** Where the workflow file is refused; its callers are looked at all the same. */
  static Lint refused(Path root, LocalWorkflow file, List<String> findings) {
    return new Lint(
        file.name(),
        findings,
        List.of(),
        List.of(),
        new CallerFiles(root).check(null, file.name()));
  }

  boolean isClean() {
    return findings.isEmpty()
        && callers.stream().noneMatch(it -> it.severity() == CallerFinding.Severity.ERROR);
  }

  private static List<String> quorum(LocalWorkflow file, Workflow workflow, List<LaneState> lanes) {
    long runnable = lanes.stream().filter(LaneState::canRun).count();
    return runnable >= workflow.quorum()
        ? List.of()
        : List.of(
            "%s: %d of %d lanes can run, and 'quorum' is %d; set the credentials that are named below"
                .formatted(file.name(), runnable, lanes.size(), workflow.quorum()));
  }

  private static List<String> warnings(LocalWorkflow file, Workflow workflow, Wiring wiring) {
    List<String> warnings = new ArrayList<>();
    wiring.missingPrograms().forEach(warning -> warnings.add(file.name() + ": " + warning));
    if (!workflow.ledger().enabled()) {
      warnings.add(
          file.name()
              + ": 'ledger: disabled' records no decision: no gate can be green and nothing can be"
              + " executed");
    }
    boolean decides =
        workflow.constraints().stream()
            .anyMatch(it -> it instanceof Constraint.Prose && !it.advisory());
    if (decides && workflow.review() == Workflow.Review.NONE) {
      warnings.add(
          file.name()
              + ": 'review: none' leaves constraints in words unknown, so that no path is"
              + " admissible; 'advisory: true' shows one without deciding");
    }
    return warnings;
  }
}
