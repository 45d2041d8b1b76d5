package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.actions.ActionInput;
import dev.optr.base.Secret;
import dev.optr.execution.Execution;
import dev.optr.execution.GitHubLedgerBranch;
import dev.optr.execution.LedgerBranch;
import dev.optr.execution.LedgerBranchWriter;
import dev.optr.execution.LedgerWritten;
import dev.optr.execution.LocalLedgerBranch;
import dev.optr.execution.PushedLedgerBranch;
import dev.optr.execution.SideBranchExecution;
import dev.optr.git.AtomicPush;
import dev.optr.git.CommitSigner;
import dev.optr.git.GitRepository;
import dev.optr.github.GitData;
import dev.optr.ledger.Container;
import dev.optr.ledger.Ed25519Signer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The branch {@code optr/ledger}: takes anchors and ledger lines that the branches of people do not
 * get. What it holds is readable without them: with every line it has that line's parents.
 */
final class SideBranch {
  static final String NAME = LedgerBranch.SIDE;

  /** Where a run in the Action keeps it. */
  static final String FETCHED = "refs/optr/side";

  private static final String REMOTE = "refs/remotes/origin/" + NAME;

  /** Where a repository may have it. */
  static final List<String> REFS = List.of("refs/heads/" + NAME, REMOTE, FETCHED);

  private final GitRepository repository;
  private final LedgerBranch branch;

  private SideBranch(GitRepository repository, LedgerBranch branch) {
    this.repository = repository;
    this.branch = branch;
  }

  /**
   * What it holds.
   *
   * @param tip the commit that it stands on; empty before its first one
   * @param files its ledger files
   */
  record Content(Optional<String> tip, List<Container> files) {
    Content {
      files = List.copyOf(files);
    }
  }

  /** The one of a repository on this machine. */
  static SideBranch here(Host host, GitRepository repository, Optional<CommitSigner> signer) {
    return new SideBranch(
        repository, new LocalLedgerBranch(repository, List.of(REMOTE), host.clock(), signer));
  }

  /** The one that is served where the Action runs; fetched into a repository of ours. */
  static SideBranch served(Host host, ActionEnvironment action, GitRepository repository) {
    GitData gitData = AtGitHub.connect(host, action).gitData();
    return new SideBranch(repository, branch(host, action, repository, gitData, NAME, FETCHED));
  }

  /** What it held when it was fetched there; see {@link #FETCHED}. */
  static Content fetched(GitRepository repository) {
    return content(repository, repository.resolve(FETCHED));
  }

  /**
   * A branch that is served there.
   *
   * @param here whole name of the ref that it is fetched to
   */
  static GitHubLedgerBranch branch(
      Host host,
      ActionEnvironment action,
      GitRepository repository,
      GitData gitData,
      String name,
      String here) {
    URI server = FetchedRepository.url(action);
    Optional<Secret> token = action.inputs().credential(ActionInput.GITHUB_TOKEN);
    Optional<CommitSigner> signer =
        LocalLedger.commitSigner(
            action.inputs().credential(ActionInput.SIGNING_KEY).map(Ed25519Signer::of));
    PushedLedgerBranch pushed =
        new PushedLedgerBranch(
            repository,
            FetchedRepository.remote(host, action, repository),
            new AtomicPush(repository, host.network(), server, token),
            host.clock(),
            signer,
            name,
            here);
    return new GitHubLedgerBranch(repository, gitData, pushed);
  }

  /** What it holds now. */
  Content content() {
    return content(repository, branch.tip());
  }

  private static Content content(GitRepository repository, Optional<String> tip) {
    return new Content(tip, tip.map(commit -> RunLedger.at(repository, commit)).orElse(List.of()));
  }

  /** Keeps the anchor of a decision about a commit. */
  Execution execution(String frozen) {
    return new SideBranchExecution(branch, writer(), RunLedger.at(repository, frozen));
  }

  /** See {@link LedgerBranchWriter#join}. */
  LedgerWritten join(List<Container> files, List<String> furtherParents, String message)
      throws InterruptedException {
    return writer().join(files, furtherParents, message);
  }

  LedgerBranchWriter writer() {
    return new LedgerBranchWriter(
        branch, commit -> RunLedger.at(repository, commit), RunLog.attempts());
  }
}
