package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.WorkflowCommands;
import dev.optr.git.GitRepository;
import dev.optr.github.ClosedPullRequest;
import dev.optr.github.GitHubConnection;
import dev.optr.github.OpenPullRequest;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.ReadOnlyTokenException;
import dev.optr.ledger.Container;
import dev.optr.ledger.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A schedule: records what became of decisions where no event told: somebody merged with the job's
 * own token, a fork's pull request was closed, a run was cancelled.
 */
final class SweepRun {
  /** How many pull requests are asked for in one sweep; the next one goes on. */
  static final int MOST = 20;

  private final Host host;
  private final ActionEnvironment action;
  private final WorkflowCommands log;

  SweepRun(Host host, ActionEnvironment action, WorkflowCommands log) {
    this.host = host;
    this.action = action;
    this.log = log;
  }

  ActionResult run() throws InterruptedException {
    GitHubConnection github = AtGitHub.connect(host, action);
    PullRequestEvent.Repository about = github.repositories().get();
    String defaultRef = ServedLedger.defaultRef(about);
    try (FetchedRepository fetched = FetchedRepository.of(host, action, List.of(defaultRef))) {
      return sweep(new ServedLedger(host, action, about, fetched), github, about);
    }
  }

  private ActionResult sweep(
      ServedLedger ledger, GitHubConnection github, PullRequestEvent.Repository about)
      throws InterruptedException {
    RecordedOutcomes known = RecordedOutcomes.of(ledger.verified(ledger.known()));
    List<OutcomeRecorder.Became> became = new ArrayList<>();
    for (long number : numbers(known, ledger.repository(), github)) {
      PullRequestEvent asked = github.pullRequests().get(number, about);
      if (asked.state().equals("closed")) {
        intact(ClosedRun.became(asked, ledger, ledger.repository()), ledger).ifPresent(became::add);
      }
    }
    try {
      return OutcomeReport.of(new OutcomeRecorder(ledger).record(became), log);
    } catch (ReadOnlyTokenException e) {
      log.notice(
          "the token may not write, so nothing was recorded ('contents: write' lets it): "
              + e.getMessage());
      return ActionResult.skipped();
    }
  }

  /** One branch that somebody broke keeps no other from being recorded. */
  private Optional<OutcomeRecorder.Became> intact(
      OutcomeRecorder.Became became, ServedLedger ledger) {
    try {
      Verification _ = ledger.verified(RunLedger.joined(ledger.known(), became.files()));
      return Optional.of(became);
    } catch (LedgerBrokenException broken) {
      log.warning(became.sentence() + ", but it is not recorded: " + broken.getMessage());
      return Optional.empty();
    }
  }

  /** Those that the ledger knows of, then those that were closed lately and carry lines. */
  private List<Long> numbers(
      RecordedOutcomes known, GitRepository repository, GitHubConnection github) {
    Set<Long> open =
        github.pullRequests().open().stream()
            .map(OpenPullRequest::number)
            .collect(Collectors.toSet());
    List<Long> lately =
        github.pullRequests().recentlyClosed(MOST).stream()
            .map(ClosedPullRequest::number)
            .filter(number -> known.newest(Math.toIntExact(number)).isEmpty())
            .toList();
    List<Long> told =
        known.undecided().stream()
            .map(Integer::longValue)
            .filter(number -> !open.contains(number))
            .limit(MOST)
            .toList();
    Map<String, String> heads =
        fetchHeads(Stream.concat(told.stream(), lately.stream()), repository);
    return Stream.concat(
            told.stream(),
            lately.stream()
                .filter(
                    number -> {
                      String head = heads.get(ClosedRun.headRef(number));
                      return head != null && hasLines(RunLedger.at(repository, head), number);
                    }))
        .limit(MOST)
        .toList();
  }

  /** Their lines, and their anchors that shall stay reachable. */
  private Map<String, String> fetchHeads(Stream<Long> numbers, GitRepository repository) {
    Map<String, String> wanted = new TreeMap<>();
    numbers.forEach(number -> wanted.put(ClosedRun.headRef(number), "refs/optr/pull/" + number));
    return wanted.isEmpty()
        ? Map.of()
        : FetchedRepository.remote(host, action, repository).fetch(wanted);
  }

  private static boolean hasLines(List<Container> files, long number) {
    String named = "\"number\":" + number + "}";
    return files.stream().anyMatch(file -> file.bytes().utf8().contains(named));
  }
}
