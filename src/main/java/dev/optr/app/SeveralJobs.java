package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.bundle.Matrix;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of a workflow file cannot be honoured where several jobs share a run, and what is not. */
final class SeveralJobs {
  private final Workflow workflow;

  SeveralJobs(Workflow workflow) {
    this.workflow = workflow;
  }

  /**
   * Before anybody is paid.
   *
   * @param images labels of runners
   * @throws UserException with one message for each thing that only one job can do
   */
  void require(int lanes, int images) {
    List<String> problems = new ArrayList<>();
    tooMany(lanes, images).ifPresent(problems::add);
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
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  /** The frozen commit, and each path with and without the frozen tests. */
  private Optional<String> tooMany(int lanes, int images) {
    long rows = 1L + 2L * lanes;
    long steps = rows * workflow.invariants().size() * Math.max(1, images);
    long most = (long) Matrix.MOST_JOBS * Matrix.MOST_STEPS;
    return steps <= most
        ? Optional.empty()
        : Optional.of(
            "workflow: up to %d trees, %d invariants and %d images are up to %d verifications, and one run of GitHub Actions has room for %d; take fewer agents, invariants or images"
                .formatted(rows, workflow.invariants().size(), Math.max(1, images), steps, most));
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
