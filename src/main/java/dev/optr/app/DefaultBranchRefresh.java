package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.UserException;
import dev.optr.execution.GateStatus;
import dev.optr.execution.HeadCommit;
import dev.optr.execution.PlannedCommit;
import dev.optr.github.CommitState;
import dev.optr.github.GitHubConnection;
import dev.optr.github.OpenPullRequest;
import dev.optr.github.PullRequestEvent;
import dev.optr.workflow.Workflow;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings open pull requests up to date whose only conflict with the default branch is the main file
 * of the ledger, which every one of them appends to under {@code ledger: {layout: single}}. No
 * verdict goes with that: what was examined is the commit before, and the gate of the new one is
 * red until somebody has it examined.
 */
final class DefaultBranchRefresh {
  private static final int MOST = 20;
  private static final int MOST_LOOKED_AT = 100;
  private static final String NOT_EXAMINED =
      "not examined since it was brought up to date: approve the waiting run, or comment /optr run";

  private final Host host;
  private final ActionEnvironment action;
  private final PullRequestEvent.Repository about;
  private final FetchedRepository fetched;
  private final ServedLedger ledger;
  private final WorkflowCommands log;

  DefaultBranchRefresh(
      Host host,
      ActionEnvironment action,
      PullRequestEvent.Repository about,
      FetchedRepository fetched,
      ServedLedger ledger,
      WorkflowCommands log) {
    this.host = host;
    this.action = action;
    this.about = about;
    this.fetched = fetched;
    this.ledger = ledger;
    this.log = log;
  }

  /** Gives the numbers of those that were brought up to date. */
  List<Long> refresh() {
    return fetched.tip(defaultRef()).filter(this::isSingle).isPresent() ? refreshAll() : List.of();
  }

  private boolean isSingle(String tip) {
    try {
      return fetched
          .workflowAt(action, tip)
          .map(file -> WorkflowSource.read(file.path(), file.source()).ledger())
          .filter(settings -> settings.layout() == Workflow.LedgerSettings.Layout.SINGLE)
          .isPresent();
    } catch (UserException invalid) {
      log.warning(
          "no pull request is brought up to date: " + String.join("; ", invalid.messages()));
      return false;
    }
  }

  private List<Long> refreshAll() {
    GitHubConnection github = AtGitHub.connect(host, action);
    List<OpenPullRequest> open =
        github.pullRequests().openFor(about.defaultBranch()).stream()
            .filter(it -> !it.fork() && !isOurs(it.branch()))
            .limit(MOST_LOOKED_AT)
            .toList();
    if (open.isEmpty()) {
      return List.of();
    }
    Map<String, String> tips = fetch(open);
    String tip = tips.get(defaultRef());
    List<Long> refreshed = new ArrayList<>();
    for (OpenPullRequest it : open) {
      // A branch that moved since it was listed is left to whoever moves it.
      boolean still = it.commit().equals(tips.get(ref(it.branch())));
      if (tip != null && still && refreshed.size() < MOST && refresh(github, it, tip)) {
        refreshed.add(it.number());
      }
    }
    return refreshed;
  }

  private boolean isOurs(String branch) {
    return branch.equals(SideBranch.NAME)
        || branch.equals(about.defaultBranch())
        || LogRefs.isOurs(ref(branch));
  }

  /** The default branch as well: it may have been folded since. */
  private Map<String, String> fetch(List<OpenPullRequest> open) {
    Map<String, String> wanted = new HashMap<>(Map.of(defaultRef(), here(defaultRef())));
    open.forEach(it -> wanted.put(ref(it.branch()), here(ref(it.branch()))));
    return FetchedRepository.remote(host, action, fetched.repository()).fetch(wanted);
  }

  private String defaultRef() {
    return ServedLedger.defaultRef(about);
  }

  private static String ref(String branch) {
    return "refs/heads/" + branch;
  }

  private static String here(String ref) {
    return "refs/optr/fetched/" + ref;
  }

  private boolean refresh(GitHubConnection github, OpenPullRequest open, String tip) {
    RefreshedHead.Result result =
        new RefreshedHead(ledger, about.defaultBranch(), tip).of(open.branch(), open.commit());
    return switch (result) {
      case RefreshedHead.Result.NotNeeded _ -> false;
      case RefreshedHead.Result.Left(String reason) -> left(open, reason);
      case RefreshedHead.Result.Planned(PlannedCommit commit, String tree) ->
          switch (put(github, open, tip, commit, tree)) {
            case HeadCommit.Result.Put(String made) -> {
              log.notice(
                  "#%d conflicted with '%s' in the ledger alone and is brought up to date by %s"
                      .formatted(open.number(), about.defaultBranch(), made));
              yield true;
            }
            case HeadCommit.Result.Raced(Optional<String> _) ->
                left(open, "somebody pushed to it meanwhile");
            case HeadCommit.Result.Refused(String reason) -> left(open, reason);
          };
    };
  }

  private boolean left(OpenPullRequest open, String reason) {
    log.warning(
        "#%d is not brought up to date with '%s': %s"
            .formatted(open.number(), about.defaultBranch(), reason));
    return false;
  }

  private HeadCommit.Result put(
      GitHubConnection github,
      OpenPullRequest open,
      String tip,
      PlannedCommit commit,
      String tree) {
    GateStatus status = status(github, open, tip);
    return new HeadCommit(
            SideBranch.branch(
                host,
                action,
                fetched.repository(),
                github.gitData(),
                open.branch(),
                here(ref(open.branch()))))
        .put(
            commit,
            open.commit(),
            tree,
            made -> status.post(made, CommitState.FAILURE, NOT_EXAMINED));
  }

  private GateStatus status(GitHubConnection github, OpenPullRequest open, String tip) {
    URI page = URI.create("%s?pr=%d&base=%s".formatted(action.runUrl(), open.number(), tip));
    String label = "#%d into %s".formatted(open.number(), open.base());
    return new GateStatus(github.statuses(), page, label);
  }
}
