package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.github.GitData;
import dev.optr.github.PushEvent;
import dev.optr.github.ReadOnlyTokenException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A push to the default branch: folds the files of pull requests into the main file of the ledger,
 * records decisions that the push takes back, and brings pull requests up to date that conflict
 * with it in the ledger alone. Doing it again changes nothing, so that a run that our own push
 * started ends at once.
 */
final class DefaultBranchRun {
  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;

  DefaultBranchRun(Host host, ActionEnvironment action, WorkflowCommands log) {
    this.host = host;
    this.action = action;
    this.log = log;
  }

  ActionResult run() throws InterruptedException {
    PushEvent event = PushEvent.parse(EventPayload.read(action));
    String defaultRef = ServedLedger.defaultRef(event.repository());
    if (event.deleted() || !event.ref().equals(defaultRef)) {
      log.notice("'%s' is not the default branch; nothing was done".formatted(event.ref()));
      return ActionResult.skipped();
    }
    try (FetchedRepository fetched = FetchedRepository.of(host, action, List.of(defaultRef))) {
      return run(event, new ServedLedger(host, action, event.repository(), fetched), fetched);
    }
  }

  private ActionResult run(PushEvent event, ServedLedger ledger, FetchedRepository fetched)
      throws InterruptedException {
    if (ledger.known().isEmpty()) {
      log.notice("there is no ledger on the default branch yet; nothing was done");
      return ActionResult.skipped();
    }
    try {
      ActionResult folded = fold(event, ledger, fetched);
      List<OutcomeRecorder.Became> reverted =
          new Reverts(ledger, ledger.verified(ledger.known())).among(event.before(), event.after());
      ActionResult done = reverted.isEmpty() ? folded : recorded(ledger, reverted, folded);
      return refreshed(event, ledger, fetched, done);
    } catch (ReadOnlyTokenException e) {
      log.notice(
          "the token may not write, so not all was done ('contents: write' lets it): "
              + e.getMessage());
      return ActionResult.skipped();
    }
  }

  /** Last, as it goes by what the default branch holds after the fold. */
  private ActionResult refreshed(
      PushEvent event, ServedLedger ledger, FetchedRepository fetched, ActionResult done) {
    List<Long> refreshed =
        new DefaultBranchRefresh(host, action, event.repository(), fetched, ledger, log).refresh();
    if (refreshed.isEmpty()) {
      return done;
    }
    String sentence =
        "brought up to date with '%s': %s"
            .formatted(
                event.repository().defaultBranch(),
                refreshed.stream().map(number -> "#" + number).collect(Collectors.joining(", ")));
    return done.saying("refreshed", sentence + "\n");
  }

  private ActionResult recorded(
      ServedLedger ledger, List<OutcomeRecorder.Became> reverted, ActionResult folded)
      throws InterruptedException {
    OutcomeRecorder.Result result = new OutcomeRecorder(ledger).record(reverted);
    return result instanceof OutcomeRecorder.Result.NothingNew
        ? folded
        : OutcomeReport.of(result, log);
  }

  private ActionResult fold(PushEvent event, ServedLedger ledger, FetchedRepository fetched)
      throws InterruptedException {
    GitData gitData = AtGitHub.connect(host, action).gitData();
    String ref = ServedLedger.defaultRef(event.repository());
    DefaultBranchFold fold =
        new DefaultBranchFold(
            ledger,
            SideBranch.branch(
                host,
                action,
                fetched.repository(),
                gitData,
                event.repository().defaultBranch(),
                "refs/optr/fetched/" + ref));
    return told(fold.fold());
  }

  private ActionResult told(DefaultBranchFold.Result result) {
    return switch (result) {
      case DefaultBranchFold.Result.NothingToFold _ -> {
        log.notice("there is nothing to fold");
        yield ActionResult.skipped();
      }
      case DefaultBranchFold.Result.Folded(String commit) ->
          said("folded", "the ledger files of pull requests are folded by " + commit);
      case DefaultBranchFold.Result.OnSideBranch(String reason, boolean news) ->
          news
              ? said(
                  "folded",
                  "the default branch does not take the fold (%s), so '%s' got it"
                      .formatted(reason, SideBranch.NAME))
              : ActionResult.skipped();
      case DefaultBranchFold.Result.Refused(String reason) -> {
        String sentence = "neither the default branch nor '%s' takes the fold: %s";
        log.warning(sentence.formatted(SideBranch.NAME, reason));
        yield ActionResult.of(
            "failed", ExitCode.SERVICE_FAILED, sentence.formatted(SideBranch.NAME, reason) + "\n");
      }
    };
  }

  private ActionResult said(String outcome, String sentence) {
    log.notice(sentence);
    return ActionResult.of(outcome, ExitCode.OK, sentence + "\n");
  }
}
