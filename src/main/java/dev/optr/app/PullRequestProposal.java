package dev.optr.app;

import dev.optr.actions.ActionInput;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.CompactJson;
import dev.optr.bundle.Matrix;
import dev.optr.git.TreeStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Phase propose about a pull request: asks the agents where they are asked at all, and leaves a
 * bundle in the workspace. Writes nothing at GitHub.
 */
final class PullRequestProposal {
  private final PullRequestIntake intake;
  private final WorkflowCommands log;

  PullRequestProposal(PullRequestIntake intake, WorkflowCommands log) {
    this.intake = intake;
    this.log = log;
  }

  /**
   * @param mayAsk false for a pull request of a stranger: the commit itself is verified
   */
  ActionResult propose(boolean mayAsk) throws InterruptedException {
    new SeveralJobs(intake.workflow()).notices().forEach(log::notice);
    Prepared frozen = intake.prepare(intake.action().inputs().list(ActionInput.AGENT));
    Path directory = BundlePlace.in(intake.action());
    try (TreeStore trees = intake.trees()) {
      Prepared prepared = intake.decisions().about(frozen, trees, intake.decisions()::past);
      Proposing proposing =
          new Proposing(
              prepared,
              trees,
              intake.place(log),
              intake.origin(),
              intake.action().inputs().list(ActionInput.IMAGES),
              intake.bundles(trees));
      return result(propose(proposing, mayAsk, prepared, trees, directory));
    }
  }

  private Proposing.Proposed propose(
      Proposing proposing, boolean mayAsk, Prepared prepared, TreeStore trees, Path directory)
      throws InterruptedException {
    if (!mayAsk) {
      return proposing.headAlone(Optional.empty(), directory);
    }
    Optional<PastRuns> past = intake.decisions().past();
    if (intake.decisions().executed(past).isPresent()) {
      log.notice("this commit executes a selected path; nobody is asked");
      return proposing.headAlone(Optional.empty(), directory);
    }
    if (!intake.occasion().always()
        && intake.decisions().earlier(prepared, trees, past).isPresent()) {
      log.notice("the ledger holds a decision on this very input; nobody is asked again");
      // The gate vouches for this commit by what is seen now.
      return proposing.headAlone(intake.headChange(prepared, trees), directory);
    }
    Optional<String> whyNotAsked = intake.decisions().whyNotAsked(past);
    if (whyNotAsked.isPresent()) {
      log.notice(whyNotAsked.get());
      return proposing.headAlone(Optional.empty(), directory);
    }
    return proposing.ask(intake.headChange(prepared, trees), directory);
  }

  /** Phase gather: one bundle of several. */
  ActionResult gather() {
    Map<Path, String> digests = BundlePlace.listed(intake.action(), log::warning);
    Prepared frozen = intake.prepare(List.of());
    try (TreeStore trees = intake.trees()) {
      Prepared prepared = intake.decisions().about(frozen, trees, intake.decisions()::past);
      return result(
          new Gatherer(intake.expected(prepared, trees), intake.bundles(trees))
              .gather(digests, BundlePlace.in(intake.action())));
    }
  }

  private ActionResult result(Proposing.Proposed proposed) {
    Matrix matrix = proposed.bundle().matrix();
    matrix.notices().forEach(log::notice);
    String summary =
        "Proposed: %d jobs verify %d trees.\n\nBundle `%s`.\n"
            .formatted(
                matrix.jobs().size(), proposed.bundle().header().rows().size(), proposed.digest());
    return ActionResult.of("proposed", ExitCode.OK, summary)
        .with("matrix", CompactJson.exact(matrix.json(intake.head())))
        .with("bundle-digest", proposed.digest());
  }
}
