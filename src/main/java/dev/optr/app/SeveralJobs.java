package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.bundle.JobForecast;
import dev.optr.record.PastCosts;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** What of a workflow file cannot be honoured where several jobs share a run, and what is not. */
final class SeveralJobs {
  private static final String NO_COMMIT = "0".repeat(40);

  private final Workflow workflow;

  SeveralJobs(Workflow workflow) {
    this.workflow = workflow;
  }

  /**
   * What cannot be, one message each, before anybody is paid.
   *
   * @param lanes agents that can be asked for a path
   * @param images labels of runners
   */
  List<String> problems(List<String> lanes, List<String> images) {
    List<String> problems = new ArrayList<>();
    if (workflow.execution() == Workflow.Execution.SERIAL) {
      problems.add(
          "workflow: 'execution: serial' asks one agent after the other's path was verified, while"
              + " here all are asked before any job verifies; write 'execution: parallel', or use"
              + " one job without 'phase'");
    }
    workflow.invariants().stream()
        .filter(invariant -> invariant.must() == Invariant.Must.NOT_WORSEN)
        .map(
            invariant ->
                "workflow: invariant '%s': 'must: not-worsen' compares test by test, which the conclusion of a job does not tell; write 'must: hold', or use one job without 'phase'"
                    .formatted(invariant.id()))
        .forEach(problems::add);
    try {
      JobForecast.of(lanes, workflow.invariants(), images, PastCosts.none())
          .all()
          .matrix()
          .json(NO_COMMIT);
    } catch (UserException tooMany) {
      problems.addAll(tooMany.messages());
    }
    return problems;
  }

  /** What a job of the user's own decides in place of the workflow file, one sentence each. */
  List<String> notices() {
    List<String> notices = new ArrayList<>();
    for (Invariant invariant : workflow.invariants()) {
      List<String> left = new ArrayList<>();
      if (invariant.junit() != null) {
        left.add("'junit'");
      }
      if (!invariant.network().isEmpty()) {
        left.add("'network'");
      }
      if (!invariant.env().isEmpty()) {
        left.add("'env'");
      }
      if (!invariant.caches().isEmpty()) {
        left.add("'caches'");
      }
      if (!left.isEmpty()) {
        notices.add(
            "invariant '%s': %s %s up to the job that runs it; here only the job's conclusion counts"
                .formatted(
                    invariant.id(), String.join(", ", left), left.size() == 1 ? "is" : "are"));
      }
    }
    return notices;
  }
}
