package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.Phase;
import dev.optr.actions.WorkflowCommands;
import dev.optr.base.UserException;
import dev.optr.execution.GateVerdict;
import dev.optr.git.TreeStore;
import dev.optr.github.GitHubConnection;
import dev.optr.github.PullRequestEvent;
import dev.optr.report.Explanation;
import dev.optr.report.Replies.Fact;
import dev.optr.report.Standing;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Obeys one command about one pull request, for somebody who may write to the repository. */
final class CommandRun {
  private static final String CLOSED = "this pull request is closed";
  private static final String UNDECIDED = "there is no decision yet; '/optr run' makes one";

  private final ActionEnvironment action;
  private final WorkflowCommands log;
  private final GitHubConnection github;
  private final PullRequestRun runs;
  private final Subject.OfPullRequest subject;

  CommandRun(
      ActionEnvironment action,
      WorkflowCommands log,
      GitHubConnection github,
      PullRequestRun runs,
      Subject.OfPullRequest subject) {
    this.action = action;
    this.log = log;
    this.github = github;
    this.runs = runs;
    this.subject = subject;
  }

  /**
   * @param author login of the one who asks
   */
  ActionResult obey(PullRequestCommand command, String author) throws InterruptedException {
    return switch (command) {
      case PullRequestCommand.Run(Optional<String> commit, Optional<String> wish) ->
          run(commit, new Occasion.Comment(author, wish));
      case PullRequestCommand.Retry(String agent) -> retry(new Occasion.Retry(author, agent));
      case PullRequestCommand.Execute _ -> whileOpen("/optr execute", this::execute);
      case PullRequestCommand.Explain _ -> answering(this::explain);
      case PullRequestCommand.Open(String agent) ->
          whileOpen("/optr open", intake -> open(intake, agent));
      case PullRequestCommand.Help _ -> answering(intake -> replies(intake).help());
    };
  }

  /** Somebody tried; they are told what there is. */
  ActionResult malformed(String problem) throws InterruptedException {
    return answering(
        intake -> replies(intake).refuse("/optr", problem + "; " + PullRequestCommand.GRAMMAR));
  }

  private ActionResult run(Optional<String> commit, Occasion occasion) throws InterruptedException {
    Optional<String> problem = problem(commit);
    return problem.isPresent()
        ? answering(intake -> replies(intake).refuse("/optr run", problem.get()))
        : decide(
            "/optr run",
            new Subject.OfPullRequest(subject.event(), occasion),
            _ -> Optional.empty());
  }

  /** What cannot be obeyed is refused before the gate is touched: what was decided stands. */
  private ActionResult decide(
      String command,
      Subject.OfPullRequest asked,
      Function<PullRequestIntake, Optional<String>> problems)
      throws InterruptedException {
    return runs.open(
        asked,
        intake -> {
          Optional<String> problem = problems.apply(intake).or(() -> overLimit(intake));
          if (problem.isEmpty()) {
            return runs.decide(asked, intake);
          }
          return isSilent() ? skipped() : replies(intake).refuse(command, problem.get());
        });
  }

  private static Optional<String> overLimit(PullRequestIntake intake) {
    try {
      return intake.decisions().overLimit(intake.decisions().past());
    } catch (LedgerBrokenException told) {
      // The run itself says so, and the gate with it.
      return Optional.empty();
    }
  }

  private ActionResult whileOpen(String command, PullRequestRun.Step step)
      throws InterruptedException {
    return isOpen()
        ? answering(step)
        : answering(intake -> replies(intake).refuse(command, CLOSED));
  }

  private boolean isOpen() {
    return subject.event().state().equals("open");
  }

  private Optional<String> problem(Optional<String> commit) {
    PullRequestEvent event = subject.event();
    String head = event.head().sha();
    if (!isOpen()) {
      return Optional.of(CLOSED);
    }
    if (commit.isEmpty() && event.isFork()) {
      return Optional.of(
          "this pull request comes from a fork, whose author may push at any time: name the commit that you looked at, '/optr run %s'"
              .formatted(head.substring(0, 12)));
    }
    return commit.isEmpty() || head.startsWith(commit.get())
        ? Optional.empty()
        : Optional.of("the head of this pull request is %s now; look at it first".formatted(head));
  }

  private ActionResult retry(Occasion.Retry occasion) throws InterruptedException {
    return decide(
        "/optr retry",
        new Subject.OfPullRequest(subject.event(), occasion),
        intake -> problem(Optional.empty()).or(() -> senseless(intake)));
  }

  private static Optional<String> senseless(PullRequestIntake intake) {
    Prepared prepared = intake.prepare(List.of());
    try (TreeStore trees = intake.trees()) {
      Prepared _ = intake.decisions().about(prepared, trees, intake.decisions()::past);
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(String.join("; ", e.messages()));
    }
  }

  private ActionResult execute(PullRequestIntake intake) throws InterruptedException {
    Gate gate = new Gate(github, action, subject);
    return new ExecutionReport(intake, replies(intake))
        .of(new PullRequestExecutor(intake, gate, log::warning).execute(Optional.empty()));
  }

  private ActionResult explain(PullRequestIntake intake) {
    long started = System.nanoTime();
    Prepared prepared = intake.prepare(List.of());
    try (TreeStore trees = intake.trees()) {
      Optional<RecalledDecision> newest = newest(intake, trees);
      if (newest.isEmpty()) {
        return replies(intake).refuse("/optr explain", UNDECIDED);
      }
      RecalledDecision decision = newest.get();
      GateVerdict gate = EarlierDecision.outcome(decision).gate();
      return replies(intake)
          .explained(
              Explanation.text(
                  new PullRequestReports(intake, prepared, started, decision.run().isolation())
                      .recalled(decision, gate, new Standing.Decided())));
    }
  }

  private static OpenBranches.Trees trees(PullRequestIntake intake) {
    return (commit, tree) -> {
      FetchedRepository.remote(intake.host(), intake.action(), intake.repository())
          .fetchCommits(List.of(commit));
      return intake.repository().treeWithoutDatalake(commit).equals(tree);
    };
  }

  private static Optional<RecalledDecision> newest(PullRequestIntake intake, TreeStore trees) {
    return intake.decisions().past().flatMap(past -> intake.decisions().newest(past, trees));
  }

  private ActionResult open(PullRequestIntake intake, String agent) {
    String command = "/optr open " + agent;
    try (TreeStore trees = intake.trees()) {
      Optional<RecalledDecision> newest = newest(intake, trees);
      if (newest.isEmpty()) {
        return replies(intake).refuse(command, UNDECIDED);
      }
      return switch (new OpenBranches(github, action).open(newest.get(), agent, trees(intake))) {
        case OpenBranches.Opened.Refused(String why) -> replies(intake).refuse(command, why);
        case OpenBranches.Opened.Branch(String name, String label, String page) ->
            replies(intake)
                .done(command, List.of(new Fact.Named("branch", name), new Fact.Page(label, page)));
      };
    }
  }

  /** What answers a command takes a token that may write, and is done once, in the last phase. */
  private ActionResult answering(PullRequestRun.Step step) throws InterruptedException {
    return isSilent() ? skipped() : runs.open(subject, step);
  }

  private boolean isSilent() {
    return switch (action.inputs().phase().orElse(Phase.SELECT)) {
      case SELECT -> false;
      case PROPOSE, GATHER, APPLY, VERIFY -> true;
    };
  }

  private ActionResult skipped() {
    log.notice("this phase has nothing to do for the command");
    return ActionResult.skipped();
  }

  private CommandReplies replies(PullRequestIntake intake) {
    return new CommandReplies(github, log, intake);
  }
}
